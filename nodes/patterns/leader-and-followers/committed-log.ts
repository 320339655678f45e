/**
 * The log as far as it may be shown: entries up to the high-water mark, each applied once, in order.
 *
 * Applying is synchronous, so whoever looks at the state sees exactly what is below the mark. The mark is not kept over
 * a restart: it starts at none and the entries below it are applied anew, from the same log to the same state.
 */
import { crc32 } from 'node:zlib';
import type { Env } from '../../sdk/env.ts';
import type { Generation } from '../generation-clock/generation.ts';
import type { HighWaterMark } from '../high-water-mark/high-water-mark.ts';
import { logIndex, noEntry, type LogEntry, type LogIndex } from '../write-ahead-log/entry.ts';
import type { WriteAheadLog } from '../write-ahead-log/log.ts';

export interface CommittedLog {
  readonly mark: LogIndex;
  /** Leader: `durable` is what each member holds, the leader included. */
  advance(durable: readonly LogIndex[], current: Generation): void;
  /** Follower: `verified` is up to where its log is known to be the leader's. */
  follow(leadersMark: LogIndex, verified: LogIndex, current: Generation): void;
}

export function committedLog<Command>(
  env: Pick<Env, 'trace'>,
  log: WriteAheadLog<Command>,
  rule: HighWaterMark,
  apply: (entry: LogEntry<Command>) => void,
): CommittedLog {
  let mark = noEntry;
  const moveTo = (to: LogIndex, current: Generation): void => {
    if (to <= mark) return;
    const from = mark;
    mark = to;
    env.trace('high-water-mark-moved', { mark, generation: current });
    for (let index = from + 1; index <= to; index++) applyOne(log.entryAt(logIndex(index)));
  };
  const applyOne = (entry: LogEntry<Command>): void => {
    const { index, generation } = entry;
    env.trace('entry-applied', { index, generation, digest: digestOf(entry.command) });
    apply(entry);
  };
  return {
    get mark() {
      return mark;
    },
    advance: (durable, current) => moveTo(rule.advance(durable, log, current), current),
    follow: (leadersMark, verified, current) => moveTo(rule.follow(leadersMark, verified), current),
  };
}

/** The checksum by which two nodes' entries are compared. */
const digestOf = (command: unknown): string =>
  crc32(JSON.stringify(command)).toString(16).padStart(8, '0');
