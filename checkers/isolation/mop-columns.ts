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
  /** Sets a read that found so many items, from the place `at` on. */
  setRead(mop: number, key: number, at: number, length: number): void;
  /** The whole, once all are in. */
  columns(): Pick<Transactions, 'mopKind' | 'mopKey' | 'mopAt' | 'mopLength'>;
}

/** Empty, with room for as many as are expected; room that is never used takes no memory. */
export function mopColumns(sizeExpected: number, meter: Meter): MopColumns {
  let room = 0;
  let kinds = uint8Array(0);
  let keys = int32Array(0);
  let ats = int32Array(0);
  let lengths = int32Array(0);
  let size = 0;
  const grow = (larger: number) => {
    meter.take((larger - room) * 13);
    room = larger;
    kinds = grown(kinds, uint8Array(room));
    keys = grown(keys, int32Array(room));
    ats = grown(ats, int32Array(room));
    lengths = grown(lengths, int32Array(room));
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
    setRead(mop, key, at, length) {
      kinds[mop] = mopKinds.read;
      keys[mop] = key;
      ats[mop] = at;
      lengths[mop] = length;
    },
    columns: () => ({
      mopKind: kinds.subarray(0, size),
      mopKey: keys.subarray(0, size),
      mopAt: ats.subarray(0, size),
      mopLength: lengths.subarray(0, size),
    }),
  };
}
