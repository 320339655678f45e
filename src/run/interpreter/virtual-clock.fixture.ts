/** A clock for tests: time stands still while anything can happen now, then jumps to the next timer. */
import type { Cancel, Clock, TrueTimeNs } from '../../core/time.ts';

interface Timer {
  readonly dueNs: number;
  readonly callback: () => void;
}

export class VirtualClock implements Clock {
  #nowNs = 0;
  readonly #timers = new Set<Timer>();

  now(): TrueTimeNs {
    return this.#nowNs as TrueTimeNs;
  }

  /** As a clock must not do. */
  turnBack(byNs: number): void {
    this.#nowNs -= byNs;
  }

  after(delayNs: number, callback: () => void): Cancel {
    const timer = { dueNs: this.#nowNs + Math.max(0, delayNs), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass until the promise settles; throws if it then waits for nothing that will come. */
  async until<T>(promise: PromiseLike<T>): Promise<T> {
    let settled = false;
    const settle = () => (settled = true);
    promise.then(settle, settle);
    for (;;) {
      // All that can happen now happens in microtasks.
      await new Promise(setImmediate);
      if (settled) return promise;
      if (!this.#fire()) throw new Error('nothing will ever settle this promise');
    }
  }

  #fire(): boolean {
    let first: Timer | undefined;
    for (const timer of this.#timers)
      if (first === undefined || timer.dueNs < first.dueNs) first = timer;
    if (first === undefined) return false;
    this.#timers.delete(first);
    this.#nowNs = Math.max(this.#nowNs, first.dueNs);
    first.callback();
    return true;
  }
}
