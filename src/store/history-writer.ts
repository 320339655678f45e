/**
 * Writes `history.jsonl` while the run goes.
 *
 * Entries are gathered for one turn of the event loop, or up to 64 KiB, and then written at once, synchronously: the file
 * is never further behind than that, memory stays flat however fast entries come, and a controller that is killed loses
 * no more than the turn that it was in (at worst a last line cut in the middle, which `decodeHistory` drops). The data is
 * then the kernel's; that it survives the host's own crash is not promised.
 *
 * A history with a hole must never pass for a whole one. So the first write that fails is the last: every later `append`
 * throws, and so does closing, if nobody has been told before.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { environmentError, harnessError, messageOf } from '../core/errors.ts';
import type { DspError } from '../core/errors.ts';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { Entry, HistoryHeader } from '../core/history/entry.ts';

export interface HistoryWriter extends AsyncDisposable {
  /** Throws a DspError when the history cannot be written any more. */
  append(entry: Entry): void;
  /** Writes what is gathered; throws like `append`. */
  flush(): void;
}

export interface HistoryWriterOptions {
  /** Told at once when a write fails, though no entry may come for a while; it should end the run. */
  readonly onFailure?: (error: DspError) => void;
}

/** Creates the file, which must not be there yet, and writes the header. */
export function openHistoryWriter(
  file: string,
  header: HistoryHeader,
  options: HistoryWriterOptions = {},
): HistoryWriter {
  const writer = new FileHistoryWriter(file, options.onFailure);
  writer.write(encodeHeader(header));
  writer.flush();
  return writer;
}

const gatheredCharsMax = 65_536;

class FileHistoryWriter implements HistoryWriter {
  readonly #file: string;
  readonly #onFailure: ((error: DspError) => void) | undefined;
  #descriptor: number | undefined;
  #gathered = '';
  #flushing: NodeJS.Immediate | undefined;
  #failure: DspError | undefined;
  /** Somebody has been told of the failure. */
  #told = false;

  constructor(file: string, onFailure: ((error: DspError) => void) | undefined) {
    this.#file = file;
    this.#onFailure = onFailure;
    try {
      this.#descriptor = openSync(file, 'wx');
    } catch (cause) {
      throw environmentError(
        `the history ${file} cannot be created: ${messageOf(cause)}`,
        undefined,
        cause,
      );
    }
  }

  append(entry: Entry): void {
    let line: string;
    try {
      line = encodeEntry(entry);
    } catch (cause) {
      const what = `entry ${entry.index} (${entry.f}) cannot be written as JSON: ${messageOf(cause)}`;
      this.flush();
      this.#fail(harnessError(what, undefined, cause));
    }
    this.write(line);
  }

  write(text: string): void {
    this.#refuseAfterFailure();
    this.#gathered += text;
    if (this.#gathered.length >= gatheredCharsMax) this.flush();
    else this.#flushing ??= setImmediate(() => this.#flushLater());
  }

  flush(): void {
    this.#refuseAfterFailure();
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const bytes = Buffer.from(this.#gathered);
    this.#gathered = '';
    try {
      // A write may take a part only, as when the disk is about to be full.
      for (let from = 0; from < bytes.length;)
        from += writeSync(this.#descriptor!, bytes, from, bytes.length - from);
    } catch (cause) {
      this.#fail(this.#unwritable(cause));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    try {
      if (this.#failure === undefined) this.flush();
      else if (!this.#told) throw this.#failure;
    } finally {
      clearImmediate(this.#flushing);
      this.#descriptor = undefined;
      closeSync(descriptor);
    }
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch (thrown) {
      const failure = thrown as DspError;
      this.#told = this.#onFailure !== undefined;
      this.#onFailure?.(failure);
    }
  }

  #refuseAfterFailure(): void {
    if (this.#descriptor === undefined)
      throw harnessError(`the history ${this.#file} is closed already`);
    if (this.#failure !== undefined) this.#fail(this.#failure);
  }

  #fail(failure: DspError): never {
    this.#failure = failure;
    this.#told = true;
    throw failure;
  }

  #unwritable(cause: unknown): DspError {
    return environmentError(
      `the history ${this.#file} cannot be written: ${messageOf(cause)}`,
      'is the disk full? name a results folder on another with --out',
      cause,
    );
  }
}
