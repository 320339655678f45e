/** The interpreter's limits. Each has a stated outcome, so that nothing that a client or a nemesis does can hang a run. */

export interface InterpreterLimits {
  /** A nemesis's operation that takes longer is `info` (`timeout`). Restarting nodes takes its time, so it is generous. */
  readonly nemesisTimeoutMs: number;
  /** After an interruption, open operations may still complete for so long; then they are `info` (`interrupted`). */
  readonly interruptGraceMs: number;
  /** Calls given up by timeout that still have not returned. More than these, and the run ends with an error of the harness. */
  readonly abandonedCallsMax: number;
  /** A thread that loses one client after another rests before it opens the next, this long at first, then twice as long … */
  readonly backOffMsFirst: number;
  /** … up to this long, until an operation goes well. So a node that refuses connections does not make a busy loop. */
  readonly backOffMsMax: number;
  /** After so many operations without a break the event loop gets a turn, or answers that need no I/O would starve timers. */
  readonly operationsPerTurnMax: number;
}

export const defaultLimits: InterpreterLimits = {
  nemesisTimeoutMs: 60_000,
  interruptGraceMs: 1_000,
  abandonedCallsMax: 1_000,
  backOffMsFirst: 5,
  backOffMsMax: 200,
  operationsPerTurnMax: 256,
};
