import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growingList } from './growing-list.ts';
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

test('a list of any length is taken as it was pushed and changed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (length) => {
      const list = growingList<number>();
      expect(() => list.last()).toThrow('empty');
      for (let i = 0; i < length; i++) list.push(i);
      expect([list.length, list.last()]).toEqual([length, length - 1]);
      list.change((item) => 2 * item);
      expect(list.take()).toEqual(Array.from({ length }, (_, i) => 2 * i));
      expect(list.length).toBe(0);
    }),
    { numRuns: 20 },
  );
});
