/**
 * How leader and follower find the last entry that both logs share, a generation at a step instead of an entry.
 *
 * The follower says where its log differs and where that generation begins in it; the leader goes back to the end of
 * that generation in its own log, or, if it has none of it, to the generation's beginning in the follower's.
 * Source: Ongaro & Ousterhout 2014, §5.3, last paragraphs.
 */
import { logIndex, type LogIndex, type LogPosition } from '../write-ahead-log/entry.ts';
import type { FollowersLog } from '../high-water-mark/conflicting-suffix.ts';
import type { MismatchHint } from './messages.ts';

/** Whether the log has the entry at this position. */
export const shares = (log: FollowersLog, position: LogPosition): boolean =>
  position.index <= log.last.index && log.generationAt(position.index) === position.generation;

/** Follower: what it has where the leader supposes `before`. */
export function mismatchHint(log: FollowersLog, before: LogPosition): MismatchHint {
  const index = logIndex(Math.min(before.index, log.last.index));
  const generation = log.generationAt(index);
  let first = index;
  while (first > 1 && log.generationAt(logIndex(first - 1)) === generation)
    first = logIndex(first - 1);
  return { at: { index, generation }, firstOfGeneration: first };
}

/** Leader: the entry to send first after the follower's hint. */
export function nextAfterMismatch(log: FollowersLog, hint: MismatchHint): LogIndex {
  const { index, generation } = hint.at;
  let shared = logIndex(Math.min(index, log.last.index));
  while (log.generationAt(shared) > generation) shared = logIndex(shared - 1);
  return log.generationAt(shared) === generation
    ? logIndex(shared + 1)
    : logIndex(Math.max(1, hint.firstOfGeneration));
}
