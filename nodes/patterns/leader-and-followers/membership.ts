/** What all roles of a member share: the parts that it is made of, and how it reaches the others. */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Env } from '../../sdk/env.ts';
import type { GenerationClock } from '../generation-clock/generation-clock.ts';
import type { SuspicionPolicy, TimeoutBounds } from '../heartbeat/failure-detector.ts';
import type { Reconcile } from '../high-water-mark/conflicting-suffix.ts';
import type { Quorum } from '../quorum/quorum.ts';
import type { SliceLimits, WriteAheadLog } from '../write-ahead-log/log.ts';
import type { CommittedLog } from './committed-log.ts';
import type { MakeLeadership } from './leadership.ts';
import type { LogMessage } from './messages.ts';
import type { Voting } from './voting.ts';

export interface Membership<Command> {
  readonly env: Env;
  /** All members but this one. */
  readonly others: readonly NodeId[];
  readonly quorum: Quorum;
  readonly generations: GenerationClock;
  readonly log: WriteAheadLog<Command>;
  readonly committed: CommittedLog;
  readonly voting: Voting;
  readonly leadership: MakeLeadership;
  readonly reconcile: Reconcile;
  /** What a new leader appends first, so that it can commit what older generations left. */
  readonly noOp: Command;
  /** How much silence of the leader is too much. */
  readonly suspicion: SuspicionPolicy;
  readonly timing: ReplicaTiming;
  readonly limits: ReplicaLimits;
  /** In the channel's stream, or now or never; false when it was not sent. */
  send(to: NodeId, message: LogMessage<Command>, how: 'stream' | 'now'): boolean;
}

export interface ReplicaTiming {
  readonly beatEveryMs: number;
  readonly election: TimeoutBounds;
}

export interface ReplicaLimits {
  readonly batch: SliceLimits;
  /** The log's length at which requests are refused. */
  readonly entriesMax: number;
  readonly queuedRequestsMax: number;
  /** An append that is not answered for so long is asked after. */
  readonly answerMsMax: number;
}
