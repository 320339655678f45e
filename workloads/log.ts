/**
 * log: records are sent to the ends of logs and polled from where a client was, each log one value that is changed by
 * compare-and-set.
 *
 * A record's offset is its place. Every client reads each log from the start and goes on from where it was, so that each
 * sees every record or passes it over; with a new connection it begins again. Shows acknowledged records that are gone, two at one offset, one at two, and a
 * log that went back. Blind to anything that spans keys.
 */
import { ok } from '../src/core/seams/client.ts';
import type { Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { changesAndLooks, lastLooks, operationsOnKeys } from './objects.ts';
import { readModifyWrite } from './read-modify-write.ts';

export const log = {
  name: 'log',
  says: 'records sent to logs by compare-and-set and polled in order: none lost, moved or passed over',
  needs: ['get', 'compare-and-set'],
  options: {},

  generator: ({ random }) =>
    operationsOnKeys(random, (drawn, n) =>
      drawn.chance(0.5) ? { f: 'send', value: n } : { f: 'poll', value: null },
    ),

  recovery: ({ random, concurrency }, thread) =>
    changesAndLooks(random, { concurrency }, thread, (value) => ({ f: 'send', value }), 'poll'),

  finalReads: ({ random }, keys) => lastLooks(random, keys, 'poll'),

  client: (session) => {
    const places = new Map<string, number>();
    return {
      send: ({ key, value }, signal) =>
        readModifyWrite(session, String(key), signal, (before) => {
          const records = recordsIn(before);
          return { to: [...records, value].join(' '), answer: records.length };
        }),
      poll: async ({ key }, signal) => {
        const name = String(key);
        const records = recordsIn(await session.get(name, signal));
        const from = places.get(name) ?? 0;
        places.set(name, Math.max(from, records.length));
        return ok(records.slice(from).map((value, i) => [from + i, value]));
      },
    };
  },

  judges: () => [{ checker: 'log', options: { consumersAlone: true } }],
} satisfies Workload<'get' | 'compare-and-set'>;

const recordsIn = (value: Value): number[] =>
  value === null ? [] : String(value).split(' ').map(Number);
