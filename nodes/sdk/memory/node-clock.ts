/**
 * The clocks of one node under virtual time, and what a nemesis does to them. They outlive the node's program, as a
 * host's clocks do. A timer that is set keeps its moment, whatever becomes of the clock's rate meanwhile.
 */
import type { MonotonicTimeMs, WallTimeMs } from '../../../src/core/time.ts';

/** The date when virtual time begins: a fixed one, or a run would not repeat. */
export const virtualEpochMs = Date.UTC(2000, 0, 1);

/** Wall clock and monotonic clock of one node, both right until something is done to them. */
export class NodeClock {
  readonly #trueNowMs: () => number;
  #rate = 1;
  /** Of the monotonic clock, when its rate was last changed. */
  #since = { trueMs: 0, monotonicMs: 0 };
  #offsetMs = 0;
  #strobe: { readonly sinceMs: number; readonly periodMs: number } | undefined;

  constructor(trueNowMs: () => number) {
    this.#trueNowMs = trueNowMs;
  }

  monotonicNow(): MonotonicTimeMs {
    const { trueMs, monotonicMs } = this.#since;
    return (monotonicMs + (this.#trueNowMs() - trueMs) * this.#rate) as MonotonicTimeMs;
  }

  wallNow(): WallTimeMs {
    return (virtualEpochMs + this.monotonicNow() + this.#offsetNowMs()) as WallTimeMs;
  }

  /** How long a duration of this node's lasts in true time. */
  trueDurationMs(durationMs: number): number {
    return durationMs / this.#rate;
  }

  offset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#strobe = undefined;
  }

  strobe(offsetMs: number, periodMs: number): void {
    this.#offsetMs = offsetMs;
    this.#strobe = { sinceMs: this.#trueNowMs(), periodMs };
  }

  drift(rate: number): void {
    this.#since = { trueMs: this.#trueNowMs(), monotonicMs: this.monotonicNow() };
    this.#rate = rate;
  }

  /** The monotonic clock keeps what it has gained or lost, for it must not jump; the wall clock is set right. */
  heal(): void {
    this.drift(1);
    this.offset(this.#trueNowMs() - this.monotonicNow());
  }

  #offsetNowMs(): number {
    if (this.#strobe === undefined) return this.#offsetMs;
    const { sinceMs, periodMs } = this.#strobe;
    const ahead = Math.floor((this.#trueNowMs() - sinceMs) / periodMs) % 2 === 0;
    return ahead ? this.#offsetMs : 0;
  }
}
