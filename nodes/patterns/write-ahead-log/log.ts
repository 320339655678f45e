/**
 * Write-Ahead Log: what a node has promised is in its log, on disk, before anybody is told.
 *
 * `append` only adds to memory; `sync` makes all that was appended durable with one write and one sync, however many
 * entries that are (group commit). Only `durable` may be acknowledged. A log that is damaged before its tail is never
 * replayed in silence: opening it throws `LogDamaged`. Callers do not overlap `sync` and `cutFrom` calls: the update
 * queue sees to that.
 */
import type { Env } from '../../sdk/env.ts';
import { noGeneration, type Generation } from '../generation-clock/generation.ts';
import { beforeFirst, logIndex, noEntry, type LogEntry, type LogIndex } from './entry.ts';
import type { LogPosition } from './entry.ts';
import { encodeRecord } from './record.ts';
import { replay } from './replay.ts';

export interface WriteAheadLog<Command> {
  /** The last entry, durable or not. */
  readonly last: LogPosition;
  /** Every entry up to this one survives a power failure. */
  readonly durable: LogIndex;
  /** `noGeneration` where the log has no such entry. */
  generationAt(index: LogIndex): Generation;
  entryAt(index: LogIndex): LogEntry<Command>;
  /** Entries from `index` on: at least one if there is one, then as many as stay below both limits. */
  entriesFrom(index: LogIndex, limits: SliceLimits): readonly LogEntry<Command>[];
  /** Adds an entry behind the last one, in memory. */
  append(generation: Generation, command: Command): LogEntry<Command>;
  /** Resolves when all that was appended before the call is durable. */
  sync(): Promise<void>;
  /** Removes the entry at `index` and all behind it, durably. */
  cutFrom(index: LogIndex): Promise<void>;
}

export interface SliceLimits {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

/** The log cannot be trusted: the node must not start. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
}

export type OpenLog = typeof openWriteAheadLog;

const fileName = 'log';

/** Opens the node's log, replayed, its torn tail cut. */
export async function openWriteAheadLog<Command>(
  env: Pick<Env, 'files' | 'trace' | 'log'>,
): Promise<WriteAheadLog<Command>> {
  const { files } = env;
  const replayed = replay((await files.read(fileName)) ?? new Uint8Array());
  if (replayed.tail.kind === 'damaged')
    throw new LogDamaged(`the log is damaged: ${replayed.tail.why}`);
  const sound = replayed.ends.at(-1) ?? 0;
  if (replayed.tail.kind === 'torn') {
    env.log(`cut ${replayed.tail.bytes} bytes of an unfinished write from the log`);
    await files.truncate(fileName, sound);
  } else await files.append(fileName, new Uint8Array());
  await files.syncFile(fileName);
  await files.syncFolder();
  return new FileLog<Command>(env, replayed.entries as LogEntry<Command>[], [...replayed.ends]);
}

class FileLog<Command> implements WriteAheadLog<Command> {
  readonly #env: Pick<Env, 'files' | 'trace'>;
  readonly #entries: LogEntry<Command>[];
  /** Where each entry ends in the file, or will. */
  readonly #ends: number[];
  #unwritten: Uint8Array[] = [];
  #durable: LogIndex;

  constructor(
    env: Pick<Env, 'files' | 'trace'>,
    entries: readonly LogEntry<Command>[],
    ends: number[],
  ) {
    this.#env = env;
    this.#entries = [...entries];
    this.#ends = ends;
    this.#durable = logIndex(entries.length);
  }

  get last(): LogPosition {
    return this.#entries.at(-1) ?? beforeFirst;
  }

  get durable(): LogIndex {
    return this.#durable;
  }

  generationAt(index: LogIndex): Generation {
    return this.#entries[index - 1]?.generation ?? noGeneration;
  }

  entryAt(index: LogIndex): LogEntry<Command> {
    const entry = this.#entries[index - 1];
    if (entry === undefined) throw new RangeError(`the log has no entry ${index}`);
    return entry;
  }

  entriesFrom(index: LogIndex, limits: SliceLimits): readonly LogEntry<Command>[] {
    const start = this.#endOf(index - 1);
    let end = Math.min(this.#entries.length, index - 1 + limits.entriesMax);
    while (end > index && this.#endOf(end) - start > limits.bytesMax) end--;
    return this.#entries.slice(index - 1, end);
  }

  append(generation: Generation, command: Command): LogEntry<Command> {
    const entry = { index: logIndex(this.#entries.length + 1), generation, command };
    const bytes = encodeRecord(entry, this.#durable);
    this.#ends.push(this.#endOf(this.#entries.length) + bytes.length);
    this.#entries.push(entry);
    this.#unwritten.push(bytes);
    return entry;
  }

  async sync(): Promise<void> {
    if (this.#unwritten.length === 0) return;
    const bytes = Buffer.concat(this.#unwritten);
    this.#unwritten = [];
    const before = this.#durable;
    const after = this.last.index;
    await this.#env.files.append(fileName, bytes);
    await this.#env.files.syncFile(fileName);
    this.#durable = after;
    for (let index = before + 1; index <= after; index++) {
      const generation = this.generationAt(logIndex(index));
      this.#env.trace('entry-appended', { index, generation });
    }
  }

  async cutFrom(index: LogIndex): Promise<void> {
    await this.sync();
    this.#entries.length = index - 1;
    this.#ends.length = index - 1;
    this.#durable = logIndex(Math.min(this.#durable, index - 1));
    await this.#env.files.truncate(fileName, this.#endOf(index - 1));
    await this.#env.files.syncFile(fileName);
    this.#env.trace('suffix-cut', { index });
  }

  #endOf(index: number): number {
    return index === noEntry ? 0 : this.#ends[index - 1]!;
  }
}
