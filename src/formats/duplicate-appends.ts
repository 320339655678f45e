/**
 * Appends of one element to one list by two transactions. What is read is traced back to who wrote it, so elements must
 * be unique; a history in which one is not cannot be judged as lists.
 *
 * A history has millions of appends. So only what meets its like in a table of bits is looked at as it is.
 */
import { typeNumbers } from '../core/history/entry-columns.ts';
import type { EntryColumns } from '../core/history/entry-columns.ts';
import type { Key } from '../core/history/entry.ts';
import { isList, itemOfList, noValue, plainAt, sizeOfList } from '../core/history/lists.ts';
import { larger } from '../core/larger.ts';
import { isKey } from './foreign.ts';

/** Calls back with the place of the entry that appends again what an earlier one did. */
export function noteDuplicateAppends(
  columns: EntryColumns,
  note: (place: number, problem: string) => void,
): void {
  const eachAppend = appendsIn(columns);
  const seen = new Set<string>();
  let last = -1;
  for (const place of suspectsIn(columns, eachAppend)) {
    if (place === last) continue;
    last = place;
    eachAppend(place, (key, element) => {
      const name = JSON.stringify([key, element]);
      if (seen.has(name))
        note(place, `appends ${JSON.stringify(element)} to ${JSON.stringify(key)} once more`);
      else seen.add(name);
    });
  }
}

/** The places of entries with an append whose hash is also another's, once for each. */
function suspectsIn({ length, type, value }: EntryColumns, eachAppend: EachAppend): number[] {
  let hashes = new Int32Array(64);
  let places = new Int32Array(64);
  let count = 0;
  let place = 0;
  const add = (key: Key, element: Key): void => {
    if (count === hashes.length) [hashes, places] = [larger(hashes), larger(places)];
    hashes[count] = hashOf(key, element);
    places[count++] = place;
  };
  for (; place < length; place++)
    if (isList(value[place]!) && type[place] === typeNumbers.invoke) eachAppend(place, add);
  const mask = 2 ** Math.ceil(Math.log2(bitsPerAppend * Math.max(count, 1))) - 1;
  const [met, again] = [bits(mask + 1), bits(mask + 1)];
  for (let at = 0; at < count; at++) {
    const bit = hashes[at]! & mask;
    if (isSet(met, bit)) set(again, bit);
    set(met, bit);
  }
  const suspects: number[] = [];
  for (let at = 0; at < count; at++)
    if (isSet(again, hashes[at]! & mask)) suspects.push(places[at]!);
  return suspects;
}

const bitsPerAppend = 16;

const bits = (count: number): Int32Array => new Int32Array(Math.ceil(count / 32));
const isSet = (table: Int32Array, bit: number): boolean =>
  (table[bit >> 5]! & (1 << (bit & 31))) !== 0;
const set = (table: Int32Array, bit: number): void => void (table[bit >> 5]! |= 1 << (bit & 31));

type EachAppend = (place: number, onAppend: (key: Key, element: Key) => void) => void;

/** What the transaction at a place, if it is one, appends. */
function appendsIn({ value, values, lists }: EntryColumns): EachAppend {
  /** The number of its name as it was met last, for numbers are quicker to compare than texts. */
  let append = noValue;
  const isAppend = (name: number): boolean => {
    if (plainAt(values, name) !== 'append') return false;
    append = name;
    return true;
  };
  return (place, onAppend) => {
    const transaction = value[place]!;
    const size = sizeOfList(lists, transaction);
    for (let at = 0; at < size; at++) {
      const each = itemOfList(lists, transaction, at);
      if (!isList(each) || sizeOfList(lists, each) !== 3) continue;
      const name = itemOfList(lists, each, 0);
      if (name !== append && !isAppend(name)) continue;
      const key = plainAt(values, itemOfList(lists, each, 1));
      const element = plainAt(values, itemOfList(lists, each, 2));
      if (isKey(key) && isKey(element)) onAppend(key, element);
    }
  };
}

function hashOf(key: Key, element: Key): number {
  const both =
    Math.imul(hashOfOne(key), 0x9e3779b1) ^ (Math.imul(hashOfOne(element), 0x85ebca6b) >>> 3);
  return (both ^ (both >>> 15)) >>> 1;
}

function hashOfOne(value: Key): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value | 0;
  const text = String(value);
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
