/**
 * counter: counters that are incremented and read, each increment a read and a compare-and-set.
 *
 * Shows increments that were lost or counted twice, and reads that are too old to have what was acknowledged before them.
 * Blind to anything that spans keys, and to which increment it was that got lost.
 */
import { ok } from '../src/core/seams/client.ts';
import type { Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { route } from '../src/generator/route.ts';
import { changesAndLooks, operationsOnKeys, lastLooks } from './objects.ts';
import { readModifyWrite } from './read-modify-write.ts';
import { readersApart } from './readers-apart.ts';

const amountMax = 5;

export const counter = {
  name: 'counter',
  says: 'counters incremented by compare-and-set and read: no increment lost, none counted twice',
  needs: ['get', 'compare-and-set'],
  options: {},

  generator: ({ random }) =>
    route(
      readersApart,
      operationsOnKeys(random, (drawn) =>
        drawn.chance(0.5)
          ? { f: 'read', value: null }
          : { f: 'add', value: drawn.integer(1, amountMax) },
      ),
    ),

  recovery: ({ random, concurrency }, thread) =>
    changesAndLooks(random, { concurrency }, thread, () => ({ f: 'add', value: 1 })),

  finalReads: ({ random }, keys) => lastLooks(random, keys),

  client: (session) => ({
    read: async ({ key }, signal) => ok(countIn(await session.get(String(key), signal))),
    add: ({ key, value }, signal) =>
      readModifyWrite(session, String(key), signal, (before) => ({
        to: countIn(before) + Number(value),
        answer: value,
      })),
  }),

  judges: () => [{ checker: 'counter' }],
} satisfies Workload<'get' | 'compare-and-set'>;

const countIn = (value: Value): number => Number(value ?? 0);
