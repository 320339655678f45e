/** The columns of micro-operations while they are being filled: how many there will be is known only at the end. */
import { grown, int32Array, uint8Array } from './arrays.ts';
import type { Meter } from './meter.ts';
import { mopKinds } from './transactions.ts';
import type { Transactions } from './transactions.ts';

export interface MopColumns {
  /** Room for so many more, which may be set in any order. */
  reserve(count: number): void;
  /** Sets one that is no read, or a read that says nothing. */
  set(mop: number, kind: number, key: number, at: number): void;
  /** Sets a read that found so many items, and returns where in `found` they are to be put. */
  setRead(mop: number, key: number, length: number): number;
  /** Another array after each `setRead`. */
  readonly found: Int32Array;
  /** The whole, once all are in. */
  columns(): Pick<Transactions, 'mopKind' | 'mopKey' | 'mopAt' | 'mopLength' | 'found'>;
}

/** Empty, with room for as many as are expected, and as many items that reads found; room that is never used takes no memory. */
export function mopColumns(sizeExpected: number, foundExpected: number, meter: Meter): MopColumns {
  let room = 0;
  let kinds = uint8Array(0);
  let keys = int32Array(0);
  let ats = int32Array(0);
  let lengths = int32Array(0);
  let found = int32Array(foundExpected);
  let size = 0;
  let foundSize = 0;
  let foundTaken = 0;
  const grow = (larger: number) => {
    meter.take((larger - room) * 13);
    room = larger;
    kinds = grown(kinds, uint8Array(room));
    keys = grown(keys, int32Array(room));
    ats = grown(ats, int32Array(room));
    lengths = grown(lengths, int32Array(room));
  };
  const growFound = () => {
    const larger = Math.max(2 * found.length, foundSize);
    found = grown(found, int32Array(larger));
  };
  const takeFound = () => {
    const more = Math.max(foundPerTake, foundSize - foundTaken);
    meter.take(more * 4);
    foundTaken += more;
  };
  grow(sizeExpected);
  return {
    reserve(count) {
      size += count;
      if (size > room) grow(Math.max(2 * room, size));
    },
    set(mop, kind, key, at) {
      kinds[mop] = kind;
      keys[mop] = key;
      ats[mop] = at;
    },
    setRead(mop, key, length) {
      const at = foundSize;
      foundSize += length;
      if (foundSize > found.length) growFound();
      if (foundSize > foundTaken) takeFound();
      kinds[mop] = mopKinds.read;
      keys[mop] = key;
      ats[mop] = at;
      lengths[mop] = length;
      return at;
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

const foundPerTake = 2 ** 10;
