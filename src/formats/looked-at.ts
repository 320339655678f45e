/**
 * What the reader of plain records has before it: bytes, or a text whose characters are bytes. There is one such place, for
 * nobody waits while he reads.
 */
import { characters } from './characters.ts';

/** The bytes that are looked at, with a zero behind them, where nothing goes on: several times as fast to read as a text. */
export const codes = Buffer.alloc(2 ** 20 + 2048);
/** Behind them there is room for whatever they are compared with. */
const lengthMax = 2 ** 20;
export const view = new DataView(codes.buffer, codes.byteOffset, codes.length);
/** How many there are. */
export let length = 0;
/** The text that they are; undefined where they are no text's. And whether its characters are the bytes. */
let text: string | undefined;
let isByBytes = true;

/** Looks at bytes until it is given others, or a text. False where they are too many. */
export function lookAt(bytes: Uint8Array): boolean {
  text = undefined;
  length = bytes.length;
  if (length > lengthMax) return false;
  codes.set(bytes);
  codes[length] = 0;
  return true;
}

/** The same for a text. False also where places in the text and in its bytes do not agree. */
export function lookAtText(next: string): boolean {
  if (next === text) return isByBytes;
  if (next.length > lengthMax) return false;
  text = next;
  length = next.length;
  isByBytes = Buffer.byteLength(next) === length;
  if (isByBytes) codes[codes.write(next, 'latin1')] = 0;
  return isByBytes;
}

/** Where the next line begins, if one ends here or behind the character `after`; `noLineEnd` if not. */
export function afterLineEnd(from: number, after?: number): number {
  let end = codes[from] === after ? from + 1 : from;
  if (codes[end] === characters.carriageReturn) end++;
  return codes[end] === characters.newline ? end + 1 : noLineEnd;
}

export const noLineEnd = -1;
