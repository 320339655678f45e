/**
 * What a follower does with entries that the leader sends behind a position that both logs share.
 *
 * An entry that the follower has at the same index in the same generation is the same entry and stays. The first that
 * differs in generation was never agreed on: it goes, and all behind it, and the leader's take their place. Cutting
 * without a difference would be wrong: an old message that comes late would remove entries that a newer one brought, and
 * that the leader counts on.
 */
import { logIndex, type LogEntry, type LogIndex } from '../write-ahead-log/entry.ts';
import type { GenerationsOfLog } from './high-water-mark.ts';

export interface Reconciliation<Command> {
  /** Cut from here before appending; undefined when nothing conflicts. */
  readonly cutFrom: LogIndex | undefined;
  readonly append: readonly LogEntry<Command>[];
}

export interface FollowersLog extends GenerationsOfLog {
  readonly last: { readonly index: LogIndex };
}

export type Reconcile = typeof reconcile;

/** `sent` are consecutive entries; the log shares the one before the first of them. */
export function reconcile<Command>(
  log: FollowersLog,
  sent: readonly LogEntry<Command>[],
): Reconciliation<Command> {
  const fresh = sent.findIndex(
    ({ index, generation }) => index > log.last.index || log.generationAt(index) !== generation,
  );
  if (fresh < 0) return { cutFrom: undefined, append: [] };
  const first = sent[fresh]!.index;
  return {
    cutFrom: first <= log.last.index ? logIndex(first) : undefined,
    append: sent.slice(fresh),
  };
}
