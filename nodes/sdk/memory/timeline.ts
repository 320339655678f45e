/**
 * Virtual time: everything that will happen, in the order of its moment, then of its asking. No idle time is waited for.
 *
 * Between two events all promises that can go on do so, so that a program sees one thing happen at a time.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Cancel } from '../../../src/core/time.ts';

interface Event {
  readonly atMs: number;
  readonly ordinal: number;
  /** Undefined once it is cancelled. */
  happen: (() => void) | undefined;
}

export class Timeline {
  #nowMs = 0;
  #asked = 0;
  /** A binary heap: no event stands before its parent, at half its place. */
  readonly #heap: Event[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, happen: () => void): Cancel {
    const event: Event = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      ordinal: this.#asked++,
      happen,
    };
    this.#insert(event);
    return () => {
      event.happen = undefined;
    };
  }

  /** Lets the next event happen, if there is one up to `untilMs`; else moves time there and is false. */
  async step(untilMs: number): Promise<boolean> {
    // What was asked for outside an event may go on first, and ask for more.
    if (!this.#isDue(untilMs)) await turn();
    if (!this.#isDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, untilMs);
      return false;
    }
    const first = this.#heap[0]!;
    this.#removeFirst();
    if (first.happen === undefined) return true;
    this.#nowMs = first.atMs;
    first.happen();
    await turn();
    return true;
  }

  #isDue(untilMs: number): boolean {
    const first = this.#heap[0];
    return first !== undefined && first.atMs <= untilMs;
  }

  #insert(event: Event): void {
    const heap = this.#heap;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isBefore(heap[parent]!, event)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = event;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (isBefore(last, heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
  }
}

const isBefore = (a: Event, b: Event): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.ordinal < b.ordinal);
