import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { ddmin } from './ddmin.ts';

const upTo = (length: number): number[] => Array.from({ length }, (_, n) => n);

describe('delta debugging', () => {
  test.prop([fc.nat(200), fc.array(fc.nat(199), { maxLength: 6 })])(
    'of what fails for some items together, those remain, in their order',
    async (length, wanted) => {
      const needed = [...new Set(wanted)].filter((n) => n < length).toSorted((a, b) => a - b);
      const kept = await ddmin(upTo(length), async (items) =>
        needed.every((item) => items.includes(item)),
      );
      expect(kept).toEqual(needed);
    },
  );

  test.prop([fc.array(fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), { minLength: 1 })])(
    'of what fails in several ways, what remains fails, and nothing of it can be spared',
    async (ways) => {
      const fails = (items: readonly number[]) =>
        ways.some((way) => way.every((item) => items.includes(item)));
      const kept = await ddmin(upTo(31), async (items) => fails(items));
      expect(fails(kept)).toBe(true);
      for (const item of kept) expect(fails(kept.filter((each) => each !== item))).toBe(false);
    },
  );

  test('keeps all where nothing can be spared, and asks of nothing twice in a row', async () => {
    const asked: string[] = [];
    const kept = await ddmin(upTo(8), async (items) => (asked.push(items.join()), false));
    expect(kept).toEqual(upTo(8));
    expect(asked.length).toBeLessThanOrEqual(16);
  });

  test('keeps nothing where nothing is needed', async () => {
    expect(await ddmin(upTo(9), async () => true)).toEqual([]);
    expect(await ddmin([], async () => true)).toEqual([]);
  });

  test('one item of a thousand takes some dozens of runs', async () => {
    let asked = 0;
    await ddmin(upTo(1000), async (items) => (asked++, items.includes(700)));
    expect(asked).toBeLessThan(60);
  });
});
