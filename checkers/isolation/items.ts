/**
 * Numbers for the values of keys: an *item* is one value of one key, `(k, v)`, whoever wrote or read it. All that is known of
 * a version is then found by direct address, without a hash.
 *
 * Values that are small whole numbers, as workloads count them up, are looked up in an array for the key; any other in a
 * map. Each item stands in at least one of the two: the array has those that were fitting when they were last met.
 */
import { atom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';
import type { Meter } from './meter.ts';

export interface Items {
  /** The number of the key; a new one for a key that was not met before. */
  keyOf(name: unknown): number;
  /** The number of the item; a new one for a value that the key had not yet. */
  itemOf(key: number, value: unknown): number;
  /** Puts the items of several values of a key into `into`, from the place `at` on. */
  itemsOf(key: number, values: readonly unknown[], into: Int32Array, at: number): void;
  readonly keyNames: readonly Atom[];
  readonly values: readonly Atom[];
  /** The key of an item. */
  readonly keys: readonly number[];
}

export function items(meter: Meter): Items {
  const keyNumbers = new Map<Atom, number>();
  const keyNames: Atom[] = [];
  const values: Atom[] = [];
  const keys: number[] = [];
  const direct: number[][] = [];
  const sizes: number[] = [];
  const mapped = new Map<number, Map<Atom, number>>();

  const added = (key: number, value: Atom): number => {
    if (values.length % itemsPerTake === 0) meter.take(itemsPerTake * bytesPerItem);
    values.push(value);
    sizes[key]!++;
    return keys.push(key) - 1;
  };

  const slowItem = (key: number, value: Atom): number => {
    const slots = direct[key]!;
    if (isSlot(value, slots.length, sizes[key]!)) {
      while (slots.length <= value) slots.push(absent);
      return (slots[value] = mapped.get(key)?.get(value) ?? added(key, value));
    }
    let map = mapped.get(key);
    if (map === undefined) mapped.set(key, (map = new Map<Atom, number>()));
    let item = map.get(value);
    if (item === undefined) map.set(value, (item = added(key, value)));
    return item;
  };

  const itemIn = (slots: readonly number[], key: number, value: unknown): number => {
    if (typeof value === 'number' && value < slots.length) {
      const item = slots[value];
      if (item !== undefined && item >= 0) return item;
    }
    return slowItem(key, atom(value));
  };

  return {
    keyOf(name) {
      const known = keyNumbers.get(name as Atom);
      if (known !== undefined) return known;
      const key = atom(name);
      let number = keyNumbers.get(key);
      if (number === undefined) {
        number = keyNames.push(key) - 1;
        keyNumbers.set(key, number);
        direct.push([]);
        sizes.push(0);
      }
      return number;
    },
    itemOf: (key, value) => itemIn(direct[key]!, key, value),
    itemsOf(key, found, into, at) {
      const slots = direct[key]!;
      for (let i = 0; i < found.length; i++) into[at + i] = itemIn(slots, key, found[i]);
    },
    keyNames,
    values,
    keys,
  };
}

const absent = -1;
const itemsPerTake = 1024;
/** Two entries of arrays, a slot with as much room again, and who wrote it. */
const bytesPerItem = 8 + 8 + 2 * 8 + 8;

/** Room for a few numbers that come out of turn; not for one that would leave the array mostly empty. */
const isSlot = (value: Atom, length: number, size: number): value is number =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= 0 &&
  (value < length || value < 4 * size + 64);
