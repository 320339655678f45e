import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { elasticScale, ticksOf } from './scale.ts';

const elasticity = { pixelsPerUs: 0.01, gapMin: 4, gapMax: 40, breakHeight: 30 };
const range = (startUs: number, endUs: number) => ({ startUs, endUs });

const moments = fc.uniqueArray(fc.nat(100_000), { minLength: 1, maxLength: 30 });

describe('elastic time', () => {
  propertyTest.prop([moments])('keeps the order of moments, and room between them', (all) => {
    const { y, height } = elasticScale([range(0, 100_000)], all, elasticity);
    const sorted = all.toSorted((a, b) => a - b);
    for (const [i, us] of sorted.entries()) {
      expect(y(us)).toBeLessThanOrEqual(height);
      if (i === 0) continue;
      expect(y(us) - y(sorted[i - 1]!)).toBeGreaterThanOrEqual(4 - 1e-6);
      expect(y(us) - y(sorted[i - 1]!)).toBeLessThanOrEqual(40 + 1e-6);
    }
  });

  propertyTest.prop([moments, fc.nat(100_000)])('can be read backwards', (all, us) => {
    const scale = elasticScale([range(0, 100_000)], all, elasticity);
    expect(scale.us(scale.y(us))).toBeCloseTo(us, 3);
  });

  test('is to scale where it need not be otherwise', () => {
    const { y } = elasticScale([range(0, 3000)], [1000, 1800], elasticity);
    expect([y(0), y(1000), y(1400), y(1800), y(3000)]).toEqual([0, 10, 14, 18, 30]);
  });

  test('says what it shortened, and nothing of what it did not', () => {
    const { breaks } = elasticScale([range(0, 100_000)], [1000], elasticity);
    expect(breaks).toEqual([{ top: 10, bottom: 50, lengthUs: 99_000, leftOut: false }]);
  });

  test('leaves out what is between two stretches, and says so', () => {
    const { breaks, y } = elasticScale([range(0, 1000), range(9000, 10_000)], [5000], elasticity);
    expect(breaks).toEqual([{ top: 10, bottom: 40, lengthUs: 8000, leftOut: true }]);
    expect([y(5000), y(9500)]).toEqual([25, 45]);
  });

  test('gives words the room that they need', () => {
    const minimum = { ...range(1000, 1200), height: 20 };
    const { y } = elasticScale([range(0, 3000)], [1000, 1100, 1200], elasticity, [minimum]);
    expect(y(1200) - y(1000)).toBe(20);
    expect(y(1000)).toBe(10);
  });
});

test('the axis names round moments, in order, and none within a break', () => {
  const tall = { ...elasticity, pixelsPerUs: 0.05, gapMax: 200 };
  const scale = elasticScale([range(1037, 2113), range(52_001, 53_977)], [1500], tall);
  const ticks = ticksOf(scale, 20);
  expect(ticks.map(({ us }) => us).filter((us) => us % 100 !== 0)).toEqual([]);
  expect(ticks).toEqual(ticks.toSorted((a, b) => a.y - b.y));
  const [left] = scale.breaks;
  expect(ticks.filter(({ y }) => y > left!.top && y < left!.bottom)).toEqual([]);
  expect(ticks.length).toBeGreaterThan(3);
});
