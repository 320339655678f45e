/**
 * The leader's side of replication: what each follower is known to hold, and what it is sent next.
 *
 * One append is under way per follower; what gathers meanwhile goes with the next, so batches grow with the load and stay
 * below their limits. The channel delivers what it took, but a follower may be gone together with the answer: after a
 * while without one, the leader asks again with an append that carries no entries.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Env, MonotonicTimeMs } from '../../sdk/env.ts';
import {
  logIndex,
  noEntry,
  type LogEntry,
  type LogIndex,
  type LogPosition,
} from '../write-ahead-log/entry.ts';
import type { SliceLimits, WriteAheadLog } from '../write-ahead-log/log.ts';
import { nextAfterMismatch } from './back-up.ts';
import type { MismatchHint } from './messages.ts';

export interface ReplicationOptions<Command> {
  readonly log: WriteAheadLog<Command>;
  readonly followers: readonly NodeId[];
  /** Hands entries that follow `before` to the follower's stream; false when it takes none. */
  readonly send: (
    to: NodeId,
    before: LogPosition,
    entries: readonly LogEntry<Command>[],
  ) => boolean;
  readonly batch: SliceLimits;
  readonly answerMsMax: number;
}

export interface Replication {
  /** Sends every follower that waits for nothing what it lacks. */
  replicate(): void;
  /** Asks followers again that owe an answer for too long. */
  askAgain(): void;
  /** The follower holds all up to this index durably. */
  matched(follower: NodeId, index: LogIndex): void;
  mismatched(follower: NodeId, hint: MismatchHint): void;
  /** What was sent to this follower may not arrive. */
  lost(follower: NodeId): void;
  /** What each follower is known to hold durably. */
  durable(): readonly LogIndex[];
}

interface Progress {
  matched: LogIndex;
  next: LogIndex;
  /** When the append was sent whose answer is due. */
  askedAt: MonotonicTimeMs | undefined;
}

export function replication<Command>(
  env: Pick<Env, 'monotonicNow'>,
  options: ReplicationOptions<Command>,
): Replication {
  const { log } = options;
  const first = logIndex(log.last.index + 1);
  const followers = new Map<NodeId, Progress>(
    options.followers.map((id) => [id, { matched: noEntry, next: first, askedAt: undefined }]),
  );

  const send = (id: NodeId, to: Progress, entries: readonly LogEntry<Command>[]): void => {
    const index = logIndex(to.next - 1);
    const before = { index, generation: log.generationAt(index) };
    if (options.send(id, before, entries)) to.askedAt = env.monotonicNow();
  };
  const sendNext = (id: NodeId, to: Progress): void => {
    if (to.askedAt !== undefined || to.next > log.last.index) return;
    send(id, to, log.entriesFrom(to.next, options.batch));
  };
  const goOn = (id: NodeId, learn: (to: Progress) => void): void => {
    const to = followers.get(id);
    if (to === undefined) return;
    to.askedAt = undefined;
    learn(to);
    sendNext(id, to);
  };

  return {
    replicate() {
      for (const [id, to] of followers) sendNext(id, to);
    },
    askAgain() {
      const since = env.monotonicNow() - options.answerMsMax;
      for (const [id, to] of followers)
        if (to.askedAt === undefined) sendNext(id, to);
        else if (to.askedAt <= since) send(id, to, []);
    },
    matched: (follower, index) =>
      goOn(follower, (to) => {
        to.matched = logIndex(Math.max(to.matched, index));
        to.next = logIndex(to.matched + 1);
      }),
    mismatched: (follower, hint) =>
      goOn(follower, (to) => {
        to.next = nextAfterMismatch(log, hint);
        // Below what it once acknowledged only if its disk has lost it: then it is not counted any more.
        to.matched = logIndex(Math.min(to.matched, to.next - 1));
      }),
    lost: (follower) => goOn(follower, (to) => (to.next = logIndex(to.matched + 1))),
    durable: () => [...followers.values()].map(({ matched }) => matched),
  };
}
