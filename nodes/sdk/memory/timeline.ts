/**
 * Virtual time: everything that will happen, in the order of its moment, then of its asking. No idle time is waited for.
 *
 * Between two events all promises that can go on do so, so that a program sees one thing happen at a time. Only what
 * waits for the host (a file, a signal) is not waited for; nothing that takes part in virtual time may do that.
 */
import type { Cancel } from '../../../src/core/time.ts';
import { EventHeap, type TimelineEvent } from './event-heap.ts';

/**
 * So often the host gets its turn: signals, progress, files, and word of promises that were rejected and not cared for,
 * which Node gives at no other time. Counted, not timed, so that a run repeats.
 */
const eventsPerTurn = 64;

export class Timeline {
  #nowMs = 0;
  #asked = 0;
  readonly #heap = new EventHeap();
  /** Of one that goes on by itself: lets it go on when there is something to do again. */
  #wake: (() => void) | undefined;

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, happen: () => void): Cancel {
    const atMs = wholeNs(this.#nowMs + Math.max(0, delayMs));
    const event: TimelineEvent = { atMs, ordinal: this.#asked++, happen };
    this.#heap.insert(event);
    this.#wake?.();
    return () => {
      if (event.happen === undefined) return;
      event.happen = undefined;
      this.#heap.cancelled();
    };
  }

  /** Lets the next event happen, if there is one up to `untilMs`; else moves time there and is false. */
  async step(untilMs: number): Promise<boolean> {
    // What was asked for outside an event may go on first, and ask for more.
    if (!this.#isDue(untilMs)) await settled();
    if (!this.#isDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, untilMs);
      return false;
    }
    this.#next();
    await settled();
    return true;
  }

  /** Lets one event after the other happen from now on, until the returned function is called. */
  go(): () => void {
    let going = true;
    let events = 0;
    const next = (): void => {
      if (!going) return;
      if (!this.#next()) return this.#sleepUntilWoken(next);
      events += 1;
      if (events % eventsPerTurn === 0) setImmediate(next);
      else afterPromises(next);
    };
    setImmediate(next);
    return () => {
      going = false;
      this.#wake = undefined;
    };
  }

  #sleepUntilWoken(next: () => void): void {
    this.#wake = () => {
      this.#wake = undefined;
      setImmediate(next);
    };
  }

  /** Lets the first event happen; false where there is none. */
  #next(): boolean {
    const event = this.#heap.takeFirst();
    if (event === undefined) return false;
    this.#nowMs = event.atMs;
    const { happen } = event;
    event.happen = undefined;
    happen!();
    return true;
  }

  #isDue(untilMs: number): boolean {
    const first = this.#heap.first();
    return first !== undefined && first.atMs <= untilMs;
  }
}

const nsPerMs = 1_000_000;

/**
 * Events happen at whole nanoseconds, which is what a history records. Were they between two, an operation that is asked for again at its
 * recorded moment would come a fraction earlier or later than it did, and what follows it would be another run.
 */
const wholeNs = (ms: number): number => Math.round(ms * nsPerMs) / nsPerMs;

/**
 * Calls back when no promise can go on any more. Node calls what waits for the next tick only when the queue of promises
 * is empty; asked for from within that queue, it comes behind all that is in it and all that that brings.
 */
const afterPromises = (callback: () => void): void =>
  queueMicrotask(() => process.nextTick(callback));

const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
