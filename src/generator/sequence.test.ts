import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flipFlop } from './flip-flop.ts';
import { limit, repeat } from './limit.ts';
import { once } from './operations.ts';
import { cycle, sequence } from './sequence.ts';
import { nothing } from './step.ts';
import { counted, forever, functions, invocations, op, run } from './simulation.fixture.ts';
import { filter, map } from './transform.ts';

describe('sequence, limit and cycle', () => {
  test('a sequence gives all of the first, then all of the second', () => {
    expect(functions(run(sequence([repeat(2, op('a')), nothing, once(op('b'))])))).toBe('a a b');
  });

  test('a sequence from a function goes on until it gives none', () => {
    const growing = sequence((n) => (n < 4 ? repeat(n, op(`f${n}`)) : undefined));
    expect(functions(run(growing))).toBe('f1 f2 f2 f3 f3 f3');
  });

  test('a cycle begins again', () => {
    const turns = cycle(sequence([once(op('a')), once(op('b'))]), 3);
    expect(functions(run(turns))).toBe('a b a b a b');
  });

  test('a cycle of nothing is refused rather than never returning', () => {
    expect(() => run(cycle(nothing))).toThrow(/10000 generators in a row that yield nothing/);
  });

  test('a limit gives exactly the first operations, or all when there are fewer', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (count, available) => {
        const values = invocations(run(limit(count, limit(available, counted('a')))));
        expect(values.map((entry) => entry.value)).toEqual(
          Array.from({ length: Math.min(count, available) }, (_, n) => n),
        );
      }),
    );
  });
});

describe('flip-flop', () => {
  test('takes turns', () => {
    expect(functions(run(limit(5, flipFlop(forever('a'), forever('b')))))).toBe('a b a b a');
  });

  test('ends when the one whose turn it is has none, though the other has more', () => {
    expect(functions(run(flipFlop(forever('a'), repeat(2, op('b')))))).toBe('a b a b a');
  });
});

describe('map and filter', () => {
  test('map changes every operation', () => {
    const doubled = map((each) => op('b', Number(each.value) * 2), limit(3, counted('a')));
    expect(invocations(run(doubled)).map((entry) => entry.value)).toEqual([0, 2, 4]);
  });

  test('filter leaves out what is not kept', () => {
    const even = filter((each) => Number(each.value) % 2 === 0, limit(6, counted('a')));
    expect(invocations(run(even)).map((entry) => entry.value)).toEqual([0, 2, 4]);
  });

  test('a filter that keeps nothing of an endless generator is refused rather than never returning', () => {
    expect(() => run(filter(() => false, forever('a')))).toThrow(/left out 10000 operations/);
  });
});
