/**
 * unique-ids: clients draw ids from one sequence, each the next number by compare-and-set.
 *
 * Shows a compare-and-set that two clients won, a sequence that went back after a crash, and one that was split. Blind to
 * ids that were given out to nobody: they are gaps, and nothing promises that there are none.
 */
import type { Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { constant } from '../src/generator/operations.ts';
import { nothing } from '../src/generator/step.ts';
import { readModifyWrite } from './read-modify-write.ts';

const sequenceKey = 'ids';

export const uniqueIds = {
  name: 'unique-ids',
  says: 'ids drawn from one sequence by compare-and-set: none given out twice',
  needs: ['get', 'compare-and-set'],
  options: {},

  generator: () => constant(generate),

  recovery: () => constant(generate),

  /** What was given out is all in the history. */
  finalReads: () => nothing,

  client: (session) => ({
    generate: (_, signal) =>
      readModifyWrite(session, sequenceKey, signal, (last) => {
        const id = idAfter(last);
        return { to: id, answer: id };
      }),
  }),

  judges: () => [{ checker: 'unique-ids' }],
} satisfies Workload<'get' | 'compare-and-set'>;

const generate = { f: 'generate', value: null } as const;

const idAfter = (last: Value): number => Number(last ?? 0) + 1;
