/**
 * Replicated log: no two nodes apply different entries at the same index, and no node applies another one after a restart.
 *
 * An entry is told by its generation and the checksum of its command. What is applied is at or below the high-water mark,
 * so this says that what was once committed stays.
 */
import type { Traced } from '../../src/core/trace.ts';
import { held, vacuous, violated } from './invariant.ts';
import type { Invariant } from './invariant.ts';

export const committedEntriesAgree: Invariant<'entry-applied'> = {
  name: 'committed-entries-agree',
  says: 'no two nodes apply different entries at the same index',
  reads: ['entry-applied'],
  check(trace) {
    const applied = new Map<number, Traced<'entry-applied'>>();
    for (const event of trace.of('entry-applied')) {
      const first = applied.get(event.index);
      if (first === undefined) applied.set(event.index, event);
      else if (first.generation !== event.generation || first.digest !== event.digest)
        return violated(
          `at index ${event.index}, ${first.node} applied ${inWords(first)}, and ${event.node} ${inWords(event)}`,
          [first, event],
        );
    }
    return applied.size === 0
      ? vacuous('no entry was applied')
      : held(`${applied.size} entries, the same on every node that applied them`);
  },
};

const inWords = ({ generation, digest }: Traced<'entry-applied'>): string =>
  `the entry ${digest} of generation ${generation}`;
