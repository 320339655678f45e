import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { DrawnOperation, DrawnPartial } from '../../evidence-model.ts';
import { layOut } from './layout.ts';

const operation = (
  process: string,
  callNs: number,
  returnNs: number | undefined,
): DrawnOperation => ({
  operation: -1,
  process,
  callNs,
  returnNs,
  outcome: returnNs === undefined ? 'info' : 'ok',
  says: `write ${callNs}`,
  supporting: false,
});

const operations = fc.array(
  fc
    .record({
      process: fc.constantFrom('1', '2', '3'),
      callNs: fc.nat(30),
      lastsNs: fc.option(fc.nat(20), { nil: undefined }),
    })
    .map(({ process, callNs, lastsNs }) =>
      operation(process, callNs, lastsNs === undefined ? undefined : callNs + 1 + lastsNs),
    ),
  { minLength: 1, maxLength: 8 },
);

describe('a drawn counterexample', () => {
  propertyTest.prop([operations])(
    'puts A left of B exactly when A returned before B was called',
    (all) => {
      const { bars } = layOut({ operations: all, partials: [], initial: undefined }, 0);
      for (const [i, a] of all.entries())
        for (const [j, b] of all.entries())
          if (i !== j)
            expect(bars[i]!.x + bars[i]!.width <= bars[j]!.x).toBe(
              a.returnNs !== undefined && a.returnNs < b.callNs,
            );
    },
  );

  propertyTest.prop([operations, fc.nat(1000)])(
    'is as wide as was asked, and its words fit',
    (all, widthMin) => {
      const { bars, width } = layOut(
        { operations: all, partials: [], initial: undefined },
        widthMin,
      );
      expect(width).toBeGreaterThanOrEqual(widthMin - 1e-6);
      for (const [i, bar] of bars.entries())
        expect(bar.width).toBeGreaterThanOrEqual(all[i]!.says.length * 7);
    },
  );

  const all = [
    operation('1', 0, 10),
    operation('2', 1, 9),
    operation('3', 2, 4),
    operation('1', 11, 12),
    operation('2', 13, 14),
  ];
  const partial = (state: string): DrawnPartial => ({
    steps: [1, 0, 2, 3].map((place, i) => ({ number: i + 1, place, state })),
    stuck: [{ place: 4, why: 'cannot take effect here' }],
  });

  test('a linearization’s marks go from left to right, each within its own operation', () => {
    const { steps } = partial('1');
    const { bars, paths } = layOut(
      { operations: all, partials: [partial('1')], initial: undefined },
      0,
    );
    const xs = paths[0]!.marks.map((mark) => mark.x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set(xs).size).toBe(4);
    for (const [step, { place }] of steps.entries()) {
      expect(xs[step]).toBeGreaterThan(bars[place]!.x);
      expect(xs[step]).toBeLessThan(bars[place]!.x + bars[place]!.width);
    }
  });

  test('it ends at the return that it cannot pass, with room for each state before', () => {
    const { bars, paths } = layOut(
      { operations: all, partials: [partial('"a state"')], initial: 'null' },
      0,
    );
    const { marks, end } = paths[0]!;
    expect(end.x).toBe(bars[4]!.x + bars[4]!.width);
    const xs = [0, ...marks.map(({ x }) => x), end.x];
    for (const [i, x] of xs.slice(1).entries()) expect(x - xs[i]!).toBeGreaterThan(4 * 7);
    for (const [i, { x }] of marks.slice(1).entries())
      expect(x - marks[i]!.x).toBeGreaterThan('"a state"'.length * 7);
  });

  test('each call and return has its moment, at its edge of its bar', () => {
    const { bars, moments } = layOut({ operations: all, partials: [], initial: undefined }, 0);
    expect(moments.map(({ timeNs }) => timeNs)).toEqual([0, 1, 2, 4, 9, 10, 11, 12, 13, 14]);
    expect(moments[0]!.x).toBe(bars[0]!.x);
    expect(moments[3]!.x).toBe(bars[2]!.x + bars[2]!.width);
  });
});
