import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../../../core/random.ts';
import { slices } from './slicer.ts';

describe('slices', () => {
  const data = fc.uint8Array({ maxLength: 5000 }).map((bytes) => Buffer.from(bytes));

  test.prop([data, fc.integer({ min: -5, max: 300 }), fc.integer({ min: -5, max: 300 }), fc.nat()])(
    'are the bytes given, none empty, none too large',
    (data, average_size, size_variation, seed) => {
      const parts = slices(data, { average_size, size_variation }, seededRandom(seed));
      expect(Buffer.concat(parts).equals(data)).toBe(true);
      const max = Math.max(1, average_size + Math.max(0, size_variation));
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(max);
        expect(part.length).toBeGreaterThan(data.length === 0 ? -1 : 0);
      }
    },
  );

  test.prop([fc.integer({ min: 1, max: 100 }), fc.nat()])(
    'without variation differ by as much as halving makes them',
    (average_size, seed) => {
      const size = { average_size, size_variation: 0 };
      const parts = slices(Buffer.alloc(4096), size, seededRandom(seed));
      const lengths = parts.map(({ length }) => length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(2 * Math.min(...lengths));
    },
  );

  test('vary with the seed', () => {
    const size = { average_size: 100, size_variation: 50 };
    const lengths = (seed: number) =>
      slices(Buffer.alloc(5000), size, seededRandom(seed)).map(({ length }) => length);
    expect(lengths(1)).toEqual(lengths(1));
    expect(lengths(1)).not.toEqual(lengths(2));
  });
});
