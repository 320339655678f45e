import { describe, expect, test } from 'vitest';
import { any } from './any.ts';
import { limit, repeat } from './limit.ts';
import { once } from './operations.ts';
import { rate } from './pace.ts';
import { sequence } from './sequence.ts';
import { forever, functions, invocations, op, run, secondsOf } from './simulation.fixture.ts';
import { sleep } from './time-limit.ts';

describe('any', () => {
  test('gives each operation as soon as it is due', () => {
    const both = any(
      sequence([sleep(2), once(op('late'))]),
      sequence([sleep(1), once(op('early'))]),
    );
    const simulated = run(both);
    expect(functions(simulated)).toBe('early late');
    expect(invocations(simulated).map(secondsOf)).toEqual([1, 2]);
  });

  test('one that is always ready does not starve the others', () => {
    const simulated = run(limit(90, any(forever('a'), forever('b'), rate(1_000, forever('c')))));
    for (const f of ['a', 'b', 'c'])
      expect(invocations(simulated).filter((entry) => entry.f === f).length).toBeGreaterThan(10);
  });

  test('ends when all have ended, and not before', () => {
    const simulated = run(any(repeat(2, op('a')), repeat(5, op('b'))));
    expect(simulated.ended).toBe('done');
    expect(functions(simulated).split(' ').toSorted().join('')).toBe('aabbbbb');
  });
});
