/**
 * Appends of one element to one list by two transactions. What is read is traced back to who wrote it, so elements must
 * be unique; a history in which one is not cannot be judged as lists.
 *
 * A history has millions of appends. So a first look goes over a table of bits, and only what may have met its like
 * there is remembered as it is.
 */
import { typeNumbers } from '../core/history/entry-columns.ts';
import type { EntryColumns } from '../core/history/entry-columns.ts';
import type { Key } from '../core/history/entry.ts';
import { hasLists, isList, itemOfList, plainAt, sizeOfList } from '../core/history/lists.ts';
import { larger } from '../core/larger.ts';
import { isKey } from './foreign.ts';

/** Calls back with the place of the entry that appends again what an earlier one did. */
export function noteDuplicateAppends(
  columns: EntryColumns,
  note: (place: number, problem: string) => void,
): void {
  if (!hasLists(columns.lists)) return;
  const suspects = suspectsIn(columns);
  if (suspects.size === 0) return;
  const seen = new Map<string, number>();
  eachAppend(columns, (key, element, place) => {
    if (!suspects.has(hashOf(key, element))) return;
    const name = JSON.stringify([key, element]);
    if (seen.has(name))
      note(place, `appends ${JSON.stringify(element)} to ${JSON.stringify(key)} once more`);
    else seen.set(name, place);
  });
}

/** Hashes that occur twice. */
function suspectsIn(columns: EntryColumns): ReadonlySet<number> {
  let hashes = new Int32Array(1024);
  let count = 0;
  eachAppend(columns, (key, element) => {
    if (count === hashes.length) hashes = larger(hashes);
    hashes[count++] = hashOf(key, element);
  });
  const suspects = new Set<number>();
  if (count === 0) return suspects;
  const bits = 2 ** Math.ceil(Math.log2(bitsPerAppend * count));
  const met = new Uint8Array(Math.max(1, bits / 8));
  for (let at = 0; at < count; at++) {
    const hash = hashes[at]!;
    const place = hash & (bits - 1);
    if ((met[place >> 3]! & (1 << (place & 7))) !== 0) suspects.add(hash);
    met[place >> 3]! |= 1 << (place & 7);
  }
  return suspects;
}

const bitsPerAppend = 16;

type OnAppend = (key: Key, element: Key, place: number) => void;

function eachAppend(columns: EntryColumns, onAppend: OnAppend): void {
  const { length, type, value, values, lists } = columns;
  for (let place = 0; place < length; place++) {
    const transaction = value[place]!;
    if (type[place] !== typeNumbers.invoke || !isList(transaction)) continue;
    const size = sizeOfList(lists, transaction);
    for (let at = 0; at < size; at++) {
      const each = itemOfList(lists, transaction, at);
      if (!isList(each) || sizeOfList(lists, each) !== 3) continue;
      if (plainAt(values, itemOfList(lists, each, 0)) !== 'append') continue;
      const key = plainAt(values, itemOfList(lists, each, 1));
      const element = plainAt(values, itemOfList(lists, each, 2));
      if (isKey(key) && isKey(element)) onAppend(key, element, place);
    }
  }
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
