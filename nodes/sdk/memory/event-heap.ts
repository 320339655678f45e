/**
 * What is to happen, the earliest first; of one moment, what was asked for first. A binary heap: no event stands before
 * its parent, at half its place. Most timers are cancelled before they are due, so the heap is rid of those that were
 * when they are the larger part of it.
 */
export interface TimelineEvent {
  readonly atMs: number;
  readonly ordinal: number;
  /** Undefined once it is cancelled or has happened. */
  happen: (() => void) | undefined;
}

const cancelledMin = 1024;

export class EventHeap {
  #heap: TimelineEvent[] = [];
  #cancelled = 0;

  insert(event: TimelineEvent): void {
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

  /** One of the events was cancelled. */
  cancelled(): void {
    this.#cancelled += 1;
    if (this.#cancelled > cancelledMin && this.#cancelled > this.#heap.length / 2) this.#sweep();
  }

  /** The first that is not cancelled. */
  first(): TimelineEvent | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.happen !== undefined) return first;
      this.#cancelled -= 1;
      this.#removeFirst();
    }
  }

  takeFirst(): TimelineEvent | undefined {
    const first = this.first();
    if (first !== undefined) this.#removeFirst();
    return first;
  }

  /** A sorted list is a heap. */
  #sweep(): void {
    this.#heap = this.#heap
      .filter(({ happen }) => happen !== undefined)
      .toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
    this.#cancelled = 0;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (isBefore(last, heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
  }
}

const isBefore = (a: TimelineEvent, b: TimelineEvent): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.ordinal < b.ordinal);
