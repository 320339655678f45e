/**
 * The trace file of a real node: JSON lines, stamped with true time when the event is traced.
 *
 * Lines are written, not synced: they survive the kill of the process, which is all that a verdict needs, for the host
 * itself does not fail.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { NodeId } from '../../../src/core/ids.ts';
import { trueTimeNow } from '../../../src/core/time.ts';
import type { TraceEventName, TraceEvents } from '../../../src/core/trace.ts';

export class TraceFile {
  readonly #node: NodeId;
  readonly #file: number;
  #lines = '';

  constructor(node: NodeId, path: string) {
    this.#node = node;
    this.#file = openSync(path, 'a');
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
