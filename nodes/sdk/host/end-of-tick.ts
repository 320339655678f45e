/**
 * What a node says during one turn of the event loop leaves together at the turn's end: first the trace, then the frames.
 *
 * In this order, because a node that is killed between the two must have traced what its peers have heard; together,
 * because one write per connection and turn costs less than one per frame.
 */
export class EndOfTick {
  readonly #trace: () => void;
  #sends: (() => void)[] = [];
  #due = false;

  constructor(flushTrace: () => void) {
    this.#trace = flushTrace;
  }

  /** Makes sure that the trace is flushed at the end of this turn. */
  traceWaits(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => this.#flush());
  }

  /** Calls `send` at the end of this turn, after the trace has been flushed. */
  sendWaits(send: () => void): void {
    this.#sends.push(send);
    this.traceWaits();
  }

  #flush(): void {
    this.#due = false;
    this.#trace();
    const sends = this.#sends;
    this.#sends = [];
    for (const send of sends) send();
  }
}
