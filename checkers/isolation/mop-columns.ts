/** The columns of micro-operations while they are being filled: how many there will be is known only at the end. */
import { int32Array, uint8Array } from './arrays.ts';
import type { Meter } from './meter.ts';
import { mopKinds } from './transactions.ts';
import type { Transactions } from './transactions.ts';

export interface MopColumns {
  /** Adds one that is no read, or a read that says nothing. */
  add(kind: number, key: number, at: number): void;
  /** Adds a read that found so many items, and returns where in `found` they are to be put. */
  addRead(key: number, length: number): number;
  /** How many there are. */
  readonly size: number;
  /** Another array after each `addRead`. */
  readonly found: Int32Array;
  /** The whole, once all are in. */
  columns(): Pick<Transactions, 'mopKind' | 'mopKey' | 'mopAt' | 'mopLength' | 'found'>;
}

export function mopColumns(meter: Meter): MopColumns {
  let kinds = uint8Array(roomAtFirst);
  let keys = int32Array(roomAtFirst);
  let ats = int32Array(roomAtFirst);
  let lengths = int32Array(roomAtFirst);
  let found = int32Array(roomAtFirst);
  let size = 0;
  let foundSize = 0;
  const grow = () => {
    meter.take(kinds.length * 13);
    kinds = larger(kinds, uint8Array(2 * size));
    keys = larger(keys, int32Array(2 * size));
    ats = larger(ats, int32Array(2 * size));
    lengths = larger(lengths, int32Array(2 * size));
  };
  const growFound = (sizeNeeded: number) => {
    const room = Math.max(2 * found.length, sizeNeeded);
    meter.take((room - found.length) * 4);
    found = larger(found, int32Array(room));
  };
  return {
    add(kind, key, at) {
      if (size === kinds.length) grow();
      kinds[size] = kind;
      keys[size] = key;
      ats[size++] = at;
    },
    addRead(key, length) {
      if (size === kinds.length) grow();
      const at = foundSize;
      foundSize += length;
      if (foundSize > found.length) growFound(foundSize);
      kinds[size] = mopKinds.read;
      keys[size] = key;
      ats[size] = at;
      lengths[size++] = length;
      return at;
    },
    get size() {
      return size;
    },
    get found() {
      return found;
    },
    columns: () => ({
      mopKind: kinds.subarray(0, size),
      mopKey: keys.subarray(0, size),
      mopAt: ats.subarray(0, size),
      mopLength: lengths.subarray(0, size),
      found: found.subarray(0, foundSize),
    }),
  };
}

const roomAtFirst = 1024;

function larger<T extends Int32Array | Uint8Array>(old: T, room: T): T {
  room.set(old);
  return room;
}
