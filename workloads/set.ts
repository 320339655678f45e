/**
 * set: elements are added to sets and never removed; every set is read again and again.
 *
 * A set is one value, the list of its elements as text, and an add is a compare-and-set that makes it longer. So a read sees
 * a whole set at one moment, and a write that is lost takes elements with it that were acknowledged long before. Shows
 * lost updates, stale reads, and a change that was done twice. Blind to anything that spans keys.
 */
import { ok } from '../src/core/seams/client.ts';
import type { Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { route } from '../src/generator/route.ts';
import { changesAndLooks, operationsOnKeys, lastLooks } from './objects.ts';
import { readModifyWrite } from './read-modify-write.ts';
import { readersApart } from './readers-apart.ts';

export const set = {
  name: 'set',
  says: 'elements added to sets by compare-and-set, each set read whole: none may be lost or seen late',
  needs: ['get', 'compare-and-set'],
  options: {},

  generator: ({ random }) =>
    route(
      readersApart,
      operationsOnKeys(random, (drawn, n) =>
        drawn.chance(0.5) ? { f: 'read', value: null } : { f: 'add', value: n },
      ),
    ),

  recovery: ({ random, concurrency }, thread) =>
    changesAndLooks(random, { concurrency }, thread, (value) => ({ f: 'add', value })),

  finalReads: ({ random }, keys) => lastLooks(random, keys),

  client: (session) => ({
    read: async ({ key }, signal) => ok(elementsIn(await session.get(String(key), signal))),
    add: ({ key, value }, signal) =>
      readModifyWrite(session, String(key), signal, (before) => ({
        to: [...elementsIn(before), value].join(' '),
        answer: value,
      })),
  }),

  judges: () => [{ checker: 'set-full', options: { staleIsViolation: true } }],
} satisfies Workload<'get' | 'compare-and-set'>;

/** A set that nobody has added to is not there at all. */
const elementsIn = (value: Value): number[] =>
  value === null ? [] : String(value).split(' ').map(Number);
