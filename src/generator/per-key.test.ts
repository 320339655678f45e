import { describe, expect, test } from 'vitest';
import { isClient } from '../core/history/entry.ts';
import { limit } from './limit.ts';
import { perKey } from './per-key.ts';
import { nothing } from './step.ts';
import { counted, invocations, run } from './simulation.fixture.ts';

const keysOf = (simulated: ReturnType<typeof run>) =>
  invocations(simulated).map((entry) => entry.key);
const keyed = { keys: (n: number) => `k${n}`, window: 2, generator: () => counted('a') };

describe('per key', () => {
  test('keys take turns, and one that has had its share gives its place to a fresh one', () => {
    const simulated = run(limit(9, perKey({ ...keyed, operationsMax: 2 })));
    expect(keysOf(simulated).join(' ')).toBe('k0 k1 k0 k1 k2 k3 k2 k3 k4');
  });

  test('every key has its own operations, from the first', () => {
    const simulated = run(limit(8, perKey({ ...keyed, operationsMax: 2 })));
    expect(invocations(simulated).map((entry) => entry.value)).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });

  test('a finite list of keys is worked off, then it is done', () => {
    const simulated = run(perKey({ ...keyed, keys: (n) => ['x', 'y', 'z'][n], operationsMax: 3 }));
    expect(keysOf(simulated).join('')).toBe('xyxyxyzzz');
    expect(simulated.ended).toBe('done');
  });

  test('no key gets more than its limit', () => {
    const simulated = run(perKey({ ...keyed, window: 5, operationsMax: 7 }), {
      operationsMax: 500,
    });
    const counts = Object.values(Object.groupBy(invocations(simulated), (e) => String(e.key)));
    expect(Math.max(...counts.map((entries) => entries?.length ?? 0))).toBe(7);
    expect(simulated.history.entries.every((entry) => isClient(entry.process))).toBe(true);
  });

  test('keys without operations are refused rather than never returning', () => {
    const empty = perKey({ ...keyed, generator: () => nothing, operationsMax: 3 });
    expect(() => run(empty)).toThrow(/yield no operation/);
  });
});
