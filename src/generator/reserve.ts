/** Threads kept for one kind of work, so that slow operations of another kind cannot take all of them. */
import type { Generator } from '../core/seams/generator.ts';
import { any } from './any.ts';
import { onThreads } from './on-threads.ts';

/**
 * The first threads are for the first share, the next for the second, all that remain for `rest`:
 * `reserve([[5, writes], [2, scans]], reads)`. Done when all of them are.
 */
export function reserve(
  shares: readonly (readonly [threads: number, generator: Generator])[],
  rest: Generator,
): Generator {
  let first = 0;
  const parts = shares.map(([count, generator]) => {
    const from = first;
    const to = (first += count);
    return onThreads((_, place) => place >= from && place < to, generator, 'reserved');
  });
  return any(
    ...parts,
    onThreads((_, place) => place >= first, rest, 'remaining'),
  );
}
