import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { packColumn, running, steps, unpackColumn } from './columns.ts';

const limit = 2 ** 51;

describe('a packed column', () => {
  propertyTest.prop([fc.array(fc.integer({ min: -limit, max: limit }))])(
    'gives back what was packed',
    (numbers) => {
      expect([...unpackColumn(packColumn(numbers), numbers.length)]).toEqual(numbers);
    },
  );

  propertyTest.prop([fc.array(fc.integer())])('running sums undo steps', (numbers) => {
    expect([...running(Float64Array.from(steps(numbers)))]).toEqual(numbers);
  });

  test('takes one byte for each small step', () => {
    expect(packColumn(Array.from({ length: 3000 }, () => 5)).length).toBe(4000);
  });

  test('refuses what is no whole number or too large to be exact', () => {
    expect(() => packColumn([0.5])).toThrow('0.5 does not fit');
    expect(() => packColumn([limit * 2])).toThrow('does not fit');
  });

  test('is refused when it holds fewer or more numbers than were said', () => {
    expect(() => unpackColumn(packColumn([1, 2]), 3)).toThrow('has 2 numbers, not 3');
    expect(() => unpackColumn(packColumn([1, 2]), 1)).toThrow('more than 1');
  });
});
