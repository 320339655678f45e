/** What the members of a replicated log say to each other. Every message carries its sender's generation. */
import type { Generation } from '../generation-clock/generation.ts';
import type { LogEntry, LogIndex, LogPosition } from '../write-ahead-log/entry.ts';

/** The leader's stream: entries that follow the one at `before`. */
export interface Append<Command> {
  readonly kind: 'append';
  readonly generation: Generation;
  readonly before: LogPosition;
  readonly entries: readonly LogEntry<Command>[];
  readonly mark: LogIndex;
}

/** The follower's log is the leader's up to `matched`, durably. */
export interface Appended {
  readonly kind: 'appended';
  readonly generation: Generation;
  readonly matched: LogIndex;
}

/** The follower's log has no such `before`. */
export interface Mismatched {
  readonly kind: 'mismatched';
  readonly generation: Generation;
  readonly hint: MismatchHint;
}

/** Enough for the leader to leap over a whole generation at once (Raft §5.3). */
export interface MismatchHint {
  /** The follower's entry at `before`, or its last one if its log is shorter … */
  readonly at: LogPosition;
  /** … and the first one that it has of that generation. */
  readonly firstOfGeneration: LogIndex;
}

/** Never behind the work queue; carries the mark, and the round that an answer confirms. */
export interface Beat {
  readonly kind: 'beat';
  readonly generation: Generation;
  readonly mark: LogIndex;
  readonly round: number;
  /** It came because it was time, so its time says something; else because a read waits. */
  readonly isRegular: boolean;
}

export interface BeatAnswer {
  readonly kind: 'beat-answer';
  readonly generation: Generation;
  readonly round: number;
}

/** Asks for a vote in the sender's generation; a canvass asks whether there would be one in the next (pre-vote). */
export interface VoteRequest {
  readonly kind: 'vote-request' | 'canvass';
  readonly generation: Generation;
  /** The last entry of the candidate's log. */
  readonly last: LogPosition;
}

export interface VoteAnswer {
  readonly kind: 'vote-answer' | 'canvass-answer';
  readonly generation: Generation;
  readonly granted: boolean;
}

/** The answer to any message of an older generation: its sender must move on. */
export interface Outdated {
  readonly kind: 'outdated';
  readonly generation: Generation;
}

export type LogMessage<Command> =
  | Append<Command>
  | Appended
  | Mismatched
  | Beat
  | BeatAnswer
  | VoteRequest
  | VoteAnswer
  | Outdated;
