/**
 * What a toxic is: how bytes of one direction of one connection pass through it.
 *
 * A toxic sees a stub of the stream: it reads chunks on one side and writes them on the other. It may be interrupted
 * at any await, because it is changed or taken away; then it writes what it has in hand, at once, and returns. So no
 * toxic loses a byte but those whose work is to lose bytes.
 */
import type { Random } from '../../../core/random.ts';

/** Bytes as they were read from a socket, and when: milliseconds of the monotonic clock. */
export interface Chunk {
  readonly data: Buffer;
  readonly atMs: number;
}

/** What a read gives if it is not a chunk: the sender has closed, or the toxic has to leave, or nothing came in time. */
export type NoChunk = 'ended' | 'interrupted' | 'late';

/** The toxic's place in the stream. */
export interface Stub {
  /** The next chunk; waits for at most `withinMs` if that is given. */
  read(withinMs?: number): Promise<Chunk | NoChunk>;
  /** Passes a chunk on; resolves when there is room for another, or at an interrupt. */
  write(chunk: Chunk): Promise<void>;
  /** Resolves at the given time of the monotonic clock, never earlier but at an interrupt. */
  sleepUntil(dueMs: number): Promise<void>;
  /** Ends the stream here: what was written still arrives, then the receiver's connection is closed. */
  close(): void;
}

/** A toxic's settings, as its JSON names them. */
export type Attributes<Field extends string = string> = Readonly<Record<Field, number>>;

/** Runs until the stream ends or it is interrupted. It is run again, from the start, after every change. */
export type Pipe<Field extends string = string> = (
  stub: Stub,
  attributes: Attributes<Field>,
  random: Random,
) => Promise<void>;

/** One of Toxiproxy's toxics. */
export interface ToxicKind<Field extends string = string> {
  /** The name that the real server's error messages give its settings. */
  readonly goType: string;
  /** The settings, in the order in which they are shown; all are whole numbers, and 0 unless given. */
  readonly fields: Readonly<Record<Field, 'int' | 'int64'>>;
  /** How many chunks may wait before it; with none given, one. */
  readonly bufferChunks?: number;
  /** Connections that pass through it are closed when it is removed, for bytes are missing in them. */
  readonly closesWhenRemoved?: true;
  /** Connections that are opened while it is there end with a reset, however they end. */
  readonly closesWithReset?: true;
  /** Called once per connection, so that what a pipe counts survives a change of the settings. */
  pipe(): Pipe<Field>;
}

/** Lets a toxic's file name its settings once; the pipe's types follow. */
export const toxicKind = <Field extends string>(kind: ToxicKind<Field>): ToxicKind<Field> => kind;

/** The clock of chunks and sleeps. */
export const nowMs = (): number => performance.now();
