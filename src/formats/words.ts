/**
 * The plain values that a history says a million times, numbered: small numbers, names and short texts, those found by
 * their characters, without making a text of them first.
 */
import { larger } from '../core/larger.ts';
import { numberOf } from '../core/numbering.ts';
import type { Numbering } from '../core/numbering.ts';

/** Data, and functions of it, for they run several times for each of millions of entries. */
export interface Words {
  /** What each number stands for. Others may add to them. */
  readonly numbering: Numbering<unknown>;
  readonly nothing: number;
  readonly yes: number;
  readonly no: number;
  /** By hash: a text's place below and one; 0 for none. Its length is a power of two. */
  slots: Int32Array;
  /** By place: the hash of a text, its number, and where its characters begin; and one more, where they all end. */
  hashes: Int32Array;
  numbers: Int32Array;
  begins: Int32Array;
  count: number;
  characters: Uint8Array;
}

/** Texts of up to so many characters are words; longer ones are seldom said twice. */
export const wordMax = 64;

/** No texts yet. Their numbers go on from those that the numbering has given. */
export function wordsIn(numbering: Numbering<unknown>): Words {
  return {
    numbering,
    nothing: numberOf<unknown>(numbering, null),
    yes: numberOf<unknown>(numbering, true),
    no: numberOf<unknown>(numbering, false),
    slots: new Int32Array(256),
    hashes: new Int32Array(128),
    numbers: new Int32Array(128),
    begins: new Int32Array(256),
    count: 0,
    characters: new Uint8Array(1024),
  };
}

/** The hash of a text, from that of all but its last character; from 0, which is that of no characters. */
export const hashed = (hash: number, code: number): number =>
  (Math.imul(hash, hashBase) + code) | 0;

/** Greater than any character, so that short texts of one length have hashes of their own. */
const hashBase = 131;
const shortMax = 4;

/** The number of the text that stands in the bytes from `from` up to `to`, all of which are ASCII. */
export function numberOfText(
  words: Words,
  bytes: Buffer,
  from: number,
  to: number,
  hash: number,
): number {
  const { slots, hashes, begins } = words;
  const mask = slots.length - 1;
  for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const place = slots[slot]! - 1;
    if (place < 0) return add(words, bytes, from, to, hash, slot);
    if (hashes[place] !== hash || begins[place + 1]! - begins[place]! !== to - from) continue;
    if (to - from <= shortMax || isSame(words.characters, begins[place]!, bytes, from, to))
      return words.numbers[place]!;
  }
}

function isSame(
  characters: Uint8Array,
  begin: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): boolean {
  for (let at = from; at < to; at++) if (characters[begin + at - from] !== bytes[at]) return false;
  return true;
}

function add(
  words: Words,
  bytes: Buffer,
  from: number,
  to: number,
  hash: number,
  slot: number,
): number {
  const place = words.count++;
  const number = words.numbering.values.push(bytes.toString('latin1', from, to)) - 1;
  if (place === words.hashes.length) {
    words.hashes = larger(words.hashes);
    words.numbers = larger(words.numbers);
    words.begins = larger(words.begins);
  }
  const begin = words.begins[place]!;
  const end = (words.begins[place + 1] = begin + to - from);
  if (end > words.characters.length) {
    const more = new Uint8Array(2 * words.characters.length);
    more.set(words.characters);
    words.characters = more;
  }
  words.characters.set(bytes.subarray(from, to), begin);
  words.hashes[place] = hash;
  words.numbers[place] = number;
  words.slots[slot] = place + 1;
  if (2 * words.count > words.slots.length) rehash(words);
  return number;
}

function rehash(words: Words): void {
  const { hashes, count } = words;
  const slots = new Int32Array(2 * words.slots.length);
  const mask = slots.length - 1;
  for (let place = 0; place < count; place++) {
    const hash = hashes[place]!;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = place + 1;
  }
  words.slots = slots;
}
