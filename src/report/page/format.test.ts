import { fc, test as propertyTest } from '@fast-check/vitest';
import { afterEach, describe, expect, test } from 'vitest';
import { bytes, counted, duration, moment, tellTimeBy, ticks } from './format.ts';

describe('numbers as people read them', () => {
  test.each([
    [0, '0 µs'],
    [850, '850 µs'],
    [12_345, '12.3 ms'],
    [999_999, '1 s'],
    [1_250_000, '1.25 s'],
  ])('%i µs are %s', (us, text) => {
    expect(duration(us)).toBe(text);
  });

  test('a moment is as fine as it must be', () => {
    expect([moment(4_128_711, 1), moment(4_128_711), moment(4e6, 1e6), moment(4e6, 5e6)]).toEqual([
      '4.128711 s',
      '4.129 s',
      '4 s',
      '4 s',
    ]);
  });

  describe('where a history tells no times', () => {
    afterEach(() => tellTimeBy('time'));

    test('are entries', () => {
      tellTimeBy('entries');
      expect([moment(0), moment(1_234_000, 1)]).toEqual(['entry 0', 'entry 1234']);
      expect([duration(1000), duration(3000)]).toEqual(['1 entry', '3 entries']);
    });
  });

  test('one is not many', () => {
    expect([counted(1, 'operation'), counted(1200, 'operation')]).toEqual([
      '1 operation',
      '1,200 operations',
    ]);
  });

  test('bytes', () => {
    expect([bytes(0), bytes(640), bytes(12_000), bytes(3_400_000)]).toEqual([
      '0 B',
      '640 B',
      '12 kB',
      '3.4 MB',
    ]);
  });
});

propertyTest.prop([
  fc.integer({ min: 0, max: 1e9 }),
  fc.integer({ min: 50, max: 1e9 }),
  fc.integer({ min: 1, max: 20 }),
])('ticks are in the range, evenly spaced and not too many', (startUs, lengthUs, max) => {
  const { stepUs, at } = ticks(startUs, startUs + lengthUs, max);
  expect(at.length).toBeLessThanOrEqual(max + 1);
  for (const [i, us] of at.entries()) {
    expect(us).toBeGreaterThanOrEqual(startUs);
    expect(us).toBeLessThanOrEqual(startUs + lengthUs);
    if (i > 0) expect(us - at[i - 1]!).toBeCloseTo(stepUs, 3);
  }
});
