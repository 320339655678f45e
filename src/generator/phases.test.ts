import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { repeat } from './limit.ts';
import { once } from './operations.ts';
import { andThen, phases, synchronize } from './phases.ts';
import { sequence } from './sequence.ts';
import { functions, moodyAnswer, op, run } from './simulation.fixture.ts';

/** Open operations at the first invocation of `f`. */
function openAt(f: string, { history }: ReturnType<typeof run>): number {
  let open = 0;
  for (const entry of history.entries) {
    if (entry.type === 'invoke' && entry.f === f) return open;
    open += entry.type === 'invoke' ? 1 : -1;
  }
  throw new Error(`${f} was never invoked`);
}

describe('barriers', () => {
  test('phases come in order, each with no operation of the one before open', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 9 }), (seed, count) => {
        const simulated = run(
          phases(repeat(count, op('a')), repeat(count, op('b')), once(op('c'))),
          { answer: moodyAnswer, random: seededRandom(seed) },
        );
        expect(functions(simulated)).toMatch(/^(a )+(b )+c$/);
        expect([openAt('b', simulated), openAt('c', simulated)]).toEqual([0, 0]);
      }),
    );
  });

  test('a sequence alone is no barrier', () => {
    expect(openAt('b', run(sequence([once(op('a')), once(op('b'))])))).toBe(1);
  });

  test('and-then puts a barrier between the two, and none before', () => {
    const simulated = run(sequence([once(op('z')), andThen(once(op('a')), once(op('b')))]));
    expect([openAt('a', simulated), openAt('b', simulated)]).toEqual([1, 0]);
  });

  test('a barrier is passed once: what comes after runs side by side again', () => {
    expect(openAt('b', run(synchronize(sequence([once(op('a')), once(op('b'))]))))).toBe(1);
  });
});
