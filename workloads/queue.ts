/**
 * queue: elements are put into queues and taken out, each queue one value that is changed by compare-and-set.
 *
 * Shows elements that were acknowledged and are gone, came out twice, or came out of nothing. At the end every queue is
 * drained, twice. Blind to their order, and to anything that spans keys.
 */
import type { Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { changesAndLooks, lastLooks, operationsOnKeys } from './objects.ts';
import { readModifyWrite } from './read-modify-write.ts';

export const queue = {
  name: 'queue',
  says: 'queues changed by compare-and-set: what was put in and acknowledged comes out, once',
  needs: ['get', 'compare-and-set'],
  options: {},

  generator: ({ random }) =>
    operationsOnKeys(random, (drawn, n) =>
      drawn.chance(0.5) ? { f: 'enqueue', value: n } : { f: 'dequeue', value: null },
    ),

  recovery: ({ random, concurrency }, thread) =>
    changesAndLooks(
      random,
      { concurrency },
      thread,
      (value) => ({ f: 'enqueue', value }),
      'dequeue',
    ),

  finalReads: ({ random }, keys) => lastLooks(random, keys, 'drain'),

  client: (session) => ({
    enqueue: ({ key, value }, signal) =>
      readModifyWrite(session, String(key), signal, (before) => ({
        to: [...elementsIn(before), value].join(' '),
        answer: value,
      })),
    dequeue: ({ key }, signal) =>
      readModifyWrite(session, String(key), signal, (before) => {
        const [first, ...rest] = elementsIn(before);
        return first === undefined ? undefined : { to: rest.join(' '), answer: first };
      }),
    drain: ({ key }, signal) =>
      readModifyWrite(
        session,
        String(key),
        signal,
        (before) => {
          const all = elementsIn(before);
          return all.length === 0 ? undefined : { to: '', answer: all };
        },
        [],
      ),
  }),

  judges: () => [{ checker: 'total-queue', options: { duplicatesAreViolations: true } }],
} satisfies Workload<'get' | 'compare-and-set'>;

/** A queue that nobody has put anything into is not there at all; one that was emptied is an empty text. */
const elementsIn = (value: Value): number[] =>
  value === null || value === '' ? [] : String(value).split(' ').map(Number);
