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
import { isKey } from './foreign.ts';

/** Calls back with the place of the entry that appends again what an earlier one did. */
export function noteDuplicateAppends(
  columns: EntryColumns,
  note: (place: number, problem: string) => void,
): void {
  if (!columns.values.some(Array.isArray)) return;
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
  let count = 0;
  eachAppend(columns, () => count++);
  const suspects = new Set<number>();
  if (count === 0) return suspects;
  const bits = 2 ** Math.ceil(Math.log2(bitsPerAppend * count));
  const met = new Uint8Array(Math.max(1, bits / 8));
  eachAppend(columns, (key, element) => {
    const hash = hashOf(key, element);
    const place = hash & (bits - 1);
    if ((met[place >> 3]! & (1 << (place & 7))) !== 0) suspects.add(hash);
    met[place >> 3]! |= 1 << (place & 7);
  });
  return suspects;
}

const bitsPerAppend = 16;

type OnAppend = (key: Key, element: Key, place: number) => void;

function eachAppend(
  { length, type, value: numbers, values }: EntryColumns,
  onAppend: OnAppend,
): void {
  for (let place = 0; place < length; place++) {
    const value = values[numbers[place]!];
    if (type[place] !== typeNumbers.invoke || !Array.isArray(value)) continue;
    for (const each of value as readonly unknown[])
      if (isAppend(each)) onAppend(each[1], each[2], place);
  }
}

const isAppend = (operation: unknown): operation is readonly ['append', Key, Key] =>
  Array.isArray(operation) &&
  operation.length === 3 &&
  operation[0] === 'append' &&
  isKey(operation[1]) &&
  isKey(operation[2]);

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
