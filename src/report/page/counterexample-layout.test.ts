import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { DrawnOperation } from '../model.ts';
import { layOut } from './counterexample-layout.ts';

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
      const { bars } = layOut({ operations: all, partials: [] }, 0);
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
      const { bars, width } = layOut({ operations: all, partials: [] }, widthMin);
      expect(width).toBeGreaterThanOrEqual(widthMin - 1e-6);
      for (const [i, bar] of bars.entries())
        expect(bar.width).toBeGreaterThanOrEqual(all[i]!.says.length * 7);
    },
  );

  test('a linearization’s marks go from left to right, each within its own operation', () => {
    const all = [
      operation('1', 0, 10),
      operation('2', 1, 9),
      operation('3', 2, 4),
      operation('1', 11, 12),
    ];
    const order = [1, 0, 2, 3];
    const { bars, marks } = layOut({ operations: all, partials: [{ order, states: [] }] }, 0);
    const xs = marks[0]!.map((mark) => mark.x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set(xs).size).toBe(4);
    for (const [step, place] of order.entries()) {
      expect(xs[step]).toBeGreaterThan(bars[place]!.x);
      expect(xs[step]).toBeLessThan(bars[place]!.x + bars[place]!.width);
    }
  });
});
