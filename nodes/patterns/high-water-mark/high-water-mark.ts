/**
 * High-Water Mark: the highest log index that is safe to show, because a quorum holds it durably.
 *
 * A copy on a quorum is not enough when the entry is of an older generation. Five nodes, entry 2:
 *   generation 2: leader A puts its entry 2 on A and B, then dies;
 *   generation 3: E is elected by C and D, appends another entry 2 on E alone, then dies;
 *   generation 4: A leads again and brings its old entry 2 to C. A, B and C hold it: a quorum.
 *   generation 5: E may still win, for its last entry is newer (3 > 2), and overwrites what A had shown.
 * So the mark moves only onto an entry of the current generation, and carries the older ones with it.
 * Source: Ongaro & Ousterhout 2014, §5.4.2, figure 8.
 */
import type { Generation } from '../generation-clock/generation.ts';
import { logIndex, noEntry, type LogIndex } from '../write-ahead-log/entry.ts';

export interface HighWaterMark {
  /** Leader: takes each member's last durable index, the leader's own included; returns the mark, which never goes back. */
  advance(durable: readonly LogIndex[], log: GenerationsOfLog, current: Generation): LogIndex;
  /** Follower: takes the leader's mark, but never beyond what is known to be the leader's in its own log. */
  follow(leadersMark: LogIndex, verified: LogIndex): LogIndex;
}

/** What the mark needs to know of the log. */
export interface GenerationsOfLog {
  generationAt(index: LogIndex): Generation;
}

export type MakeHighWaterMark = typeof highWaterMark;

export function highWaterMark(quorumSize: number): HighWaterMark {
  return highWaterMarkBy((durable, log, current) => {
    const candidate = heldByQuorum(durable, quorumSize);
    return log.generationAt(candidate) === current ? candidate : noEntry;
  });
}

/** A mark that the leader moves by the given rule, and that never goes back. */
export function highWaterMarkBy(rule: HighWaterMark['advance']): HighWaterMark {
  let mark = noEntry;
  const moveTo = (candidate: number): LogIndex => (mark = logIndex(Math.max(mark, candidate)));
  return {
    advance: (durable, log, current) => moveTo(rule(durable, log, current)),
    follow: (leadersMark, verified) => moveTo(Math.min(leadersMark, verified)),
  };
}

/** Sorted from the furthest member down, the quorum's last one is what all of that quorum hold. */
export function heldByQuorum(durable: readonly LogIndex[], quorumSize: number): LogIndex {
  return durable.toSorted((a, b) => b - a)[quorumSize - 1] ?? noEntry;
}
