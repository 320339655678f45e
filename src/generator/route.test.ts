import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { ok } from '../core/seams/client.ts';
import { nsPerMs } from '../core/time.ts';
import { limit } from './limit.ts';
import { fromFunction } from './operations.ts';
import { route } from './route.ts';
import { simulate } from './simulate.ts';

const operations = limit(
  60,
  fromFunction(seededRandom('ops'), (random, n) => ({
    f: random.pick(['read', 'write']),
    value: n,
  })),
);
/** Reads for the second half of the threads, writes for the first. */
const halves = route(({ f }, place, count) => (f === 'read') === place >= count / 2, operations);

/** What was asked and who took it, in a world whose answers take as long as `seed` says. */
const taken = (seed: string, clientThreads: number) =>
  simulate({
    generator: halves,
    clientThreads,
    random: seededRandom(seed),
    answer: (_, random) => ({ latencyNs: random.integer(1, 50) * nsPerMs, completion: ok() }),
  }).history.entries.filter(({ type }) => type === 'invoke');

describe('routing operations to threads', () => {
  test.prop([fc.string(), fc.integer({ min: 2, max: 8 })])(
    'gives each to a thread that is allowed it',
    (seed, threads) => {
      const all = taken(seed, threads);
      expect(all).toHaveLength(60);
      for (const { f, process } of all)
        expect((process as number) >= threads / 2).toBe(f === 'read');
    },
  );

  test.prop([fc.string(), fc.string()])(
    'keeps their order, whichever threads are free when',
    (a, b) => {
      const values = (seed: string) => taken(seed, 4).map(({ value }) => value);
      expect(values(a)).toEqual(values(b));
    },
  );
});
