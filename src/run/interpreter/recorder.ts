/** Makes entries: numbers them without gaps, stamps them with a time that never goes back, and hands them on. */
import { phaseProcess } from '../../core/history/entry.ts';
import type { Entry, EntryType, ProcessId } from '../../core/history/entry.ts';
import type { OperationSpec } from '../../core/seams/generator.ts';
import type { Clock } from '../../core/time.ts';
import type { Outcome } from './performer.ts';

export class Recorder {
  readonly #clock: Clock;
  readonly #originNs: number;
  readonly #sink: (entry: Entry) => void;
  #index = 0;
  #timeNs = 0;

  constructor(clock: Clock, originNs: number, sink: (entry: Entry) => void) {
    this.#clock = clock;
    this.#originNs = originNs;
    this.#sink = sink;
  }

  /** Time since the origin. */
  nowNs(): number {
    this.#timeNs = Math.max(this.#timeNs, this.#clock.now() - this.#originNs);
    return this.#timeNs;
  }

  /** Records what a process did; the same entry is returned. Throws what the sink throws. */
  record(process: ProcessId, { f, key }: OperationSpec, type: EntryType, rest: Rest): Entry {
    const index = this.#index;
    const timeNs = this.nowNs();
    const { value, error, node } = rest;
    // Written out, not spread: this is done twice for every operation, and shows in its profile.
    const entry: { -readonly [Field in keyof Entry]: Entry[Field] } =
      key === undefined
        ? { index, timeNs, process, type, f, value }
        : { index, timeNs, process, type, f, key, value };
    if (error !== undefined) entry.error = error;
    if (node !== undefined) entry.node = node;
    this.#index += 1;
    this.#sink(entry);
    return entry;
  }

  /** Records what no process did: where a phase begins, what happened beside all operations. */
  mark(name: string, value: unknown): void {
    this.record(phaseProcess, { f: name, value }, 'info', {
      value,
      error: undefined,
      node: undefined,
    });
  }
}

type Rest = Pick<Outcome, 'value' | 'error' | 'node'>;
