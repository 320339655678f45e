/**
 * A text in UTF-8 that comes in pieces, so that a file is never in memory as a whole: what is kept of it is what it says.
 *
 * Reading is synchronous, for it is done in a process that has nothing else to do.
 */
import { readSync } from 'node:fs';
import { characters } from './characters.ts';

/** A piece is good until the next one is asked for. */
export type Pieces = Iterator<Buffer, undefined>;

/** A text that is there already. */
export function* piecesOfText(text: string, bytesMax = pieceBytes): Pieces {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += bytesMax) yield bytes.subarray(at, at + bytesMax);
}

/** An open file, from where it stands to its end. */
export function* piecesOfFile(descriptor: number): Pieces {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  for (;;) {
    const bytes = readPatiently(descriptor, buffer);
    if (bytes === 0) break;
    yield buffer.subarray(0, bytes);
  }
}

/** A pipe may be one that does not wait for who writes into it. */
function readPatiently(descriptor: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, 0, buffer.length, null);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown;
      Atomics.wait(nobodysClock, 0, 0, patienceMs);
    }
  }
}

const nobodysClock = new Int32Array(new SharedArrayBuffer(4));
const patienceMs = 5;

/** Without the mark that some editors put before the first character. */
export function* withoutMark(pieces: Pieces): Pieces {
  const first = firstBytes(pieces, mark.length);
  const isMarked = first.subarray(0, mark.length).equals(mark);
  yield isMarked ? first.subarray(mark.length) : first;
  yield* remaining(pieces);
}

const mark = Buffer.from('\uFEFF');

/** The beginning, for a look, and all of it again for reading. */
export function peek(pieces: Pieces, bytesMin: number): { head: string; all: Pieces } {
  const first = firstBytes(pieces, bytesMin);
  return { head: first.toString(), all: following(first, pieces) };
}

function* following(first: Buffer, others: Pieces): Pieces {
  yield first;
  yield* remaining(others);
}

/** As many pieces as it takes to have so many bytes, if there are as many, copied. */
function firstBytes(pieces: Pieces, bytesMin: number): Buffer {
  let first = Buffer.alloc(0);
  while (first.length < bytesMin) {
    const { value } = pieces.next();
    if (value === undefined) break;
    first = Buffer.concat([first, value]);
  }
  return first;
}

function* remaining(pieces: Pieces): Generator<Buffer, void> {
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) yield value;
}

/** The same, cut behind ends of lines instead, where there are any. */
export function* cutAtLines(pieces: Pieces): Pieces {
  let rest = Buffer.alloc(0);
  for (const piece of remaining(pieces)) {
    const end = piece.lastIndexOf(characters.newline) + 1 || piece.length;
    const lines = piece.subarray(0, end);
    yield rest.length === 0 ? lines : Buffer.concat([rest, lines]);
    rest = Buffer.from(piece.subarray(end));
  }
  if (rest.length > 0) yield rest;
}

/** Small enough to stay in a processor's cache, large enough that reading is not felt. */
const pieceBytes = 64 * 1024;
