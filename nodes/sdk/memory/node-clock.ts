/**
 * The clocks of one node under virtual time, and what a nemesis does to them. They outlive the node's program, as a
 * host's clocks do. A timer that is set keeps its moment, whatever becomes of the clock's rate meanwhile.
 *
 * The monotonic clock never jumps, so it keeps for ever what it has gained or lost while it drifted; the wall clock is
 * set right whenever it is healed, and what is done to it next counts from the right time.
 */
import type { MonotonicTimeMs, WallTimeMs } from '../../../src/core/time.ts';

/** The date when virtual time begins: a fixed one, or a run would not repeat. */
export const virtualEpochMs = Date.UTC(2000, 0, 1);

/** Wall clock and monotonic clock of one node, both right until something is done to them. */
export class NodeClock {
  readonly #trueNowMs: () => number;
  /** When the clocks were last set right, in true time, and what the monotonic one read. */
  #since = { trueMs: 0, monotonicMs: 0 };
  /** Of both clocks, since then. */
  #rate = 1;
  /** How far the wall clock is ahead of where its rate takes it, all the time or only while the strobe says so. */
  #offsetMs = 0;
  #strobePeriodMs: number | undefined;

  constructor(trueNowMs: () => number) {
    this.#trueNowMs = trueNowMs;
  }

  monotonicNow(): MonotonicTimeMs {
    return (this.#since.monotonicMs + this.#elapsedMs()) as MonotonicTimeMs;
  }

  wallNow(): WallTimeMs {
    return (virtualEpochMs +
      this.#since.trueMs +
      this.#elapsedMs() +
      this.#offsetNowMs()) as WallTimeMs;
  }

  /** How long a duration of this node's lasts in true time. */
  trueDurationMs(durationMs: number): number {
    return durationMs / this.#rate;
  }

  offset(offsetMs: number): void {
    this.heal();
    this.#offsetMs = offsetMs;
  }

  strobe(offsetMs: number, periodMs: number): void {
    this.heal();
    this.#offsetMs = offsetMs;
    this.#strobePeriodMs = periodMs;
  }

  drift(rate: number): void {
    this.heal();
    this.#rate = rate;
  }

  heal(): void {
    this.#since = { trueMs: this.#trueNowMs(), monotonicMs: this.monotonicNow() };
    this.#rate = 1;
    this.#offsetMs = 0;
    this.#strobePeriodMs = undefined;
  }

  /** By this node's clocks. */
  #elapsedMs(): number {
    return (this.#trueNowMs() - this.#since.trueMs) * this.#rate;
  }

  #offsetNowMs(): number {
    if (this.#strobePeriodMs === undefined) return this.#offsetMs;
    const jumps = Math.floor((this.#trueNowMs() - this.#since.trueMs) / this.#strobePeriodMs);
    return jumps % 2 === 0 ? this.#offsetMs : 0;
  }
}
