/** One timer for many times: rings at the earliest that was asked for, or as soon after as the clock can. */
import type { Cancel, Clock } from '../../core/time.ts';

export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #dueNs = Number.POSITIVE_INFINITY;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /**
   * Rings at `timeNs` of the clock at the latest. When it rings, all that was asked for is forgotten: whoever is rung for
   * looks at the clock and asks again, which makes the usual case, a time later than the one that is set, cost nothing.
   */
  at(timeNs: number): void {
    if (timeNs >= this.#dueNs) return;
    this.#cancel?.();
    this.#dueNs = timeNs;
    const delayNs = Math.max(1, Math.ceil(timeNs - this.#clock.now()));
    this.#cancel = this.#clock.after(delayNs, () => {
      this.#dueNs = Number.POSITIVE_INFINITY;
      this.#cancel = undefined;
      this.#ring();
    });
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dueNs = Number.POSITIVE_INFINITY;
  }
}
