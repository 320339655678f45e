/**
 * A text that comes in pieces, so that a file is never in memory as a whole: what is kept of it is what it says.
 *
 * Reading is synchronous, for it is done in a process that has nothing else to do.
 */
import { readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export type Pieces = Iterator<string, undefined>;

/** A text that is there already. */
export function* piecesOfText(text: string, charactersMax = pieceBytes): Pieces {
  for (let at = 0; at < text.length; at += charactersMax) yield text.slice(at, at + charactersMax);
}

/** An open file, from where it stands to its end. */
export function* piecesOfFile(descriptor: number): Pieces {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const decoder = new StringDecoder('utf8');
  for (;;) {
    const bytes = readSync(descriptor, buffer, 0, buffer.length, null);
    if (bytes === 0) break;
    yield decoder.write(buffer.subarray(0, bytes));
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

/** Without the mark that some editors put before the first character. */
export function* withoutMark(pieces: Pieces): Pieces {
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) {
    yield value.startsWith('\uFEFF') ? value.slice(1) : value;
    if (value !== '') break;
  }
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) yield value;
}

/** The first pieces together, for a look, and all of them again for reading. */
export function peek(pieces: Pieces, charactersMin: number): { head: string; all: Pieces } {
  const first: string[] = [];
  for (let length = 0; length < charactersMin;) {
    const { value } = pieces.next();
    if (value === undefined) break;
    first.push(value);
    length += value.length;
  }
  return { head: first.join(''), all: chained(first, pieces) };
}

function* chained(first: string[], others: Pieces): Pieces {
  while (first.length > 0) yield first.shift()!;
  for (let { value } = others.next(); value !== undefined; { value } = others.next()) yield value;
}

/** Small enough to stay in a processor's cache, large enough that reading is not felt. */
const pieceBytes = 64 * 1024;
