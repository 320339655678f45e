import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineNumbers } from './line-numbers.ts';

test('whatever the lines are, each entry has its own', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 })), (steps) => {
      const numbers = lineNumbers();
      let line = 0;
      const lines = steps.map((step) => (line += step));
      for (const each of lines) numbers.push(each);
      expect(lines.map((_, index) => numbers.at(index))).toEqual(lines);
      expect([-1, lines.length].map(numbers.at)).toEqual([0, 0]);
    }),
  );
});
