import { describe, expect, test } from 'vitest';
import { fromFunction, once, constant } from './operations.ts';
import { functions, invocations, op, random, run } from './simulation.fixture.ts';

describe('sources of operations', () => {
  test('once gives its operation one time', () => {
    expect(functions(run(once(op('read'))))).toBe('read');
  });

  test('constant gives it for ever', () => {
    const simulated = run(constant(op('read')), { operationsMax: 50 });
    expect(invocations(simulated)).toHaveLength(50);
    expect(simulated.ended).toBe('limit');
  });

  test('the n-th operation of a function is drawn from n alone, until it makes none', () => {
    const drawn = fromFunction(random, (random, n) =>
      n < 20 ? op('write', [n, random.integer(0, 1_000_000)]) : undefined,
    );
    const values = invocations(run(drawn)).map((entry) => entry.value);
    const expected = Array.from({ length: 20 }, (_, n) => [
      n,
      random.fork(String(n)).integer(0, 1_000_000),
    ]);
    expect(values).toEqual(expected);
  });

  test('an operation that names its thread waits for that thread', () => {
    const simulated = run(constant({ ...op('read'), thread: 2 }), { operationsMax: 5 });
    expect(invocations(simulated).map((entry) => entry.process)).toEqual([2, 2, 2, 2, 2]);
  });

  test('one that names a thread that is not there is stuck, which the simulation tells', () => {
    expect(run(once({ ...op('read'), thread: 7 })).ended).toBe('stuck');
  });
});
