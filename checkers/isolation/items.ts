/**
 * Numbers for the keys and for their values: an *item* is one value of one key, `(k, v)`, whoever wrote or read it. All that is
 * known of a version is then found by direct address, without a hash.
 *
 * Small whole numbers, as workloads count them up, are looked up in an array; anything else in a map. Each name stands in
 * at least one of the two: the array has those that were fitting when they were last met.
 */
import { grown, int32Array } from './arrays.ts';
import type { EntryColumns } from '../../src/core/history/entry-columns.ts';
import { plainAt, valueOf } from '../../src/core/history/lists.ts';
import { atom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';
import type { Meter } from './meter.ts';

/** Names, and values of keys, are told by their numbers in a history (lists.ts). */
export interface Items {
  /** The number of the key; a new one for a key that was not met before. */
  keyOf(name: number): number;
  /** The number of the item; a new one for a value that the key had not yet. */
  itemOf(key: number, value: number): number;
  readonly keyNames: readonly Atom[];
  readonly values: readonly Atom[];
  /** The key of an item. As long as there is room, so that it may end in zeros; another array after a new item. */
  readonly keys: Int32Array;
}

export function items({ values: said, lists }: EntryColumns, meter: Meter): Items {
  const keyNumbers = numbering();
  const ofKey: Numbering[] = [];
  const keyNames: Atom[] = [];
  const values: Atom[] = [];
  let keys = int32Array(itemsAtFirst);

  const slowItem = (numbers: Numbering, key: number, value: number): number => {
    const name = atom(valueOf(said, lists, value));
    const item = numberOf(numbers, name, values.length);
    if (item < values.length) return item;
    if (item === keys.length) {
      meter.take(item * bytesPerItem);
      keys = grown(keys, int32Array(2 * item));
    }
    values.push(name);
    keys[item] = key;
    return item;
  };

  /** By plain value: its number as a key and one; 0 while it was none. */
  const keyOfPlain = int32Array(said.length);
  return {
    keyOf(value) {
      const known = value < 0 ? 0 : keyOfPlain[value]!;
      if (known > 0) return known - 1;
      const name = atom(valueOf(said, lists, value));
      const key = numberOf(keyNumbers, name, keyNames.length);
      if (key === keyNames.length) {
        meter.take(bytesPerKey);
        keyNames.push(name);
        ofKey.push(numbering());
      }
      if (value >= 0) keyOfPlain[value] = key + 1;
      return key;
    },
    itemOf(key, value) {
      const known = slotOf(ofKey[key]!, plainAt(said, value));
      return known >= 0 ? known : slowItem(ofKey[key]!, key, value);
    },
    keyNames,
    values,
    get keys() {
      return keys;
    },
  };
}

const itemsAtFirst = 1024;
/** Its key and its name, a slot with as much room again, and who wrote it. */
const bytesPerItem = 4 + 8 + 2 * 8 + 8;

/** Its name and its number, the numbers of its values, and where what reads found of it stands (found.ts). */
const bytesPerKey = 160;

/** From names to numbers; most need no map. */
interface Numbering {
  readonly slots: number[];
  map: Map<Atom, number> | undefined;
  size: number;
}

const numbering = (): Numbering => ({ slots: [], map: undefined, size: 0 });

/** Without the hash: `absent` also for what only the map has. */
function slotOf({ slots }: Numbering, name: unknown): number {
  return typeof name === 'number' && name < slots.length ? (slots[name] ?? absent) : absent;
}

/** The number that the name has, or else the next one, which it then has. */
function numberOf(numbers: Numbering, name: Atom, next: number): number {
  const slot = slotOf(numbers, name);
  if (slot >= 0) return slot;
  const { slots, map } = numbers;
  const known = map?.get(name);
  const number = known ?? next;
  if (isSlot(name, slots.length, numbers.size)) {
    while (slots.length <= name) slots.push(absent);
    slots[name] = number;
  } else if (known === undefined) {
    numbers.map = (map ?? new Map<Atom, number>()).set(name, number);
  }
  if (known === undefined) numbers.size++;
  return number;
}

const absent = -1;

/** Room for a few numbers that come out of turn; not for one that would leave the array mostly empty. */
const isSlot = (name: Atom, length: number, size: number): name is number =>
  typeof name === 'number' &&
  Number.isInteger(name) &&
  name >= 0 &&
  (name < length || name < 4 * size + 64);
