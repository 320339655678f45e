/**
 * The trace file of a real node: JSON lines, stamped with true time when the event is traced.
 *
 * Lines are written, not synced: they survive the kill of the process, which is all that a verdict needs, for the host
 * itself does not fail.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { NodeId } from '../../../src/core/ids.ts';
import { trueTimeNow } from '../../../src/core/time.ts';
import type { TraceEventName, TraceEvents } from '../../../src/core/trace.ts';

export class TraceFile {
  readonly #node: NodeId;
  readonly #file: number;
  #lines = '';

  constructor(node: NodeId, path: string) {
    this.#node = node;
    this.#file = openSync(path, 'a+');
    if (endsInTheMiddle(this.#file)) this.#lines = '\n';
  }

  /** Keeps the event in memory until `flush`. */
  add<Name extends TraceEventName>(event: Name, fields: TraceEvents[Name]): void {
    const line = { node: this.#node, timeNs: trueTimeNow(), event, ...fields };
    this.#lines += `${JSON.stringify(line)}\n`;
  }

  flush(): void {
    if (this.#lines === '') return;
    writeSync(this.#file, this.#lines);
    this.#lines = '';
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

/** A kill has cut the last line; what is traced next must not become part of it. */
function endsInTheMiddle(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
}
