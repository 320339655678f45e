import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { logUniform, seededRandom } from './random.ts';
import type { Random } from './random.ts';

const draws = (random: Random) => Array.from({ length: 20 }, () => random.integer(0, 1_000_000));

const drawsOf = (seed: string) => {
  const random = seededRandom(seed);
  return [random.fraction(), random.fraction()];
};

describe('seeded randomness', () => {
  test.prop([fc.string()])('the same seed gives the same draws', (seed) => {
    expect(draws(seededRandom(seed))).toEqual(draws(seededRandom(seed)));
  });

  test.prop([fc.string(), fc.string()])('another seed gives others', (a, b) => {
    fc.pre(a !== b);
    expect(draws(seededRandom(a))).not.toEqual(draws(seededRandom(b)));
  });

  test.prop([fc.string(), fc.nat({ max: 30 })])(
    'a fork does not depend on what its parent has drawn',
    (label, count) => {
      const fresh = seededRandom('seed');
      const used = seededRandom('seed');
      for (let i = 0; i < count; i++) used.fraction();
      expect(draws(used.fork(label))).toEqual(draws(fresh.fork(label)));
    },
  );

  test('forks of neighbouring labels are unlike', () => {
    const root = seededRandom(1);
    const firsts = Array.from({ length: 1000 }, (_, i) => root.fork(String(i)).integer(0, 9));
    const counts = Array.from(
      { length: 10 },
      (_, digit) => firsts.filter((first) => first === digit).length,
    );
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(150);
  });

  test.prop([fc.string(), fc.integer()])(
    'a fraction for a number is always the same',
    (seed, at) => {
      const used = seededRandom(seed);
      used.fraction();
      expect(used.fractionAt(at)).toBe(seededRandom(seed).fractionAt(at));
      expect(used.fraction()).toBe(drawsOf(seed)[1]);
    },
  );

  test('fractions for neighbouring numbers, and of neighbouring forks, are unlike and even', () => {
    const root = seededRandom(1);
    const rows = [
      Array.from({ length: 10_000 }, (_, at) => root.fractionAt(at)),
      Array.from({ length: 10_000 }, (_, fork) => root.fork(String(fork)).fractionAt(7)),
    ];
    for (const row of rows) {
      const tenths = Array.from(
        { length: 10 },
        (_, tenth) => row.filter((each) => Math.floor(each * 10) === tenth).length,
      );
      expect(Math.min(...tenths)).toBeGreaterThan(900);
      expect(Math.max(...tenths)).toBeLessThan(1100);
      // Of independent neighbours the mean product is a quarter.
      const products = row.slice(1).map((each, at) => each * row[at]!);
      expect(products.reduce((sum, each) => sum + each) / products.length).toBeCloseTo(0.25, 2);
    }
  });

  test.prop([fc.array(fc.integer(), { maxLength: 30 })])(
    'a shuffle keeps every item and its argument',
    (items) => {
      const before = [...items];
      const shuffled = seededRandom('s').shuffle(items);
      expect(items).toEqual(before);
      expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
    },
  );

  test.prop([fc.integer({ min: -50, max: 50 }), fc.nat({ max: 100 })])(
    'whole numbers stay within both bounds',
    (min, span) => {
      const random = seededRandom('bounds');
      const drawn = Array.from({ length: 50 }, () => random.integer(min, min + span));
      expect(drawn.every((each) => each >= min && each <= min + span)).toBe(true);
    },
  );

  test('nothing can be picked from nothing', () => {
    expect(() => seededRandom('s').pick([])).toThrow(RangeError);
  });
});

test('a log-uniform number is within its bounds, and in each order of magnitude as often as in another', () => {
  const random = seededRandom('sizes');
  const drawn = Array.from({ length: 3000 }, () => logUniform(random, 1, 1000));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(1000);
  for (const from of [1, 10, 100]) {
    const share = drawn.filter((each) => each >= from && each < from * 10).length / drawn.length;
    expect(share).toBeCloseTo(1 / 3, 1);
  }
});
