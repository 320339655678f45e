/**
 * What each transaction shows of a key to the outside: the version that it met first and the one that it left (Elle §4.3).
 *
 *     read x → 1, write x 2, write x 3      met 1, left 3; 2 was never there for others
 *     write x 2, write x 3                  met 3, left 3: what was there before is not known
 *     read x → nothing                      met and left the version before all writes
 *     read x → 1, read x → 2                met and left 1: it wrote nothing, so no claim puts 2 after 1
 *
 * Versions are the last writes of transactions that are known to have happened; their numbers are those of their items, and the version before
 * all writes of key k has the number `itemCount + k`. A touch that shows a write that did not happen, or one that another
 * came after in the same transaction, is left out, for it is in no order of versions.
 */
import { int32Array, uint8Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import { lastItem, mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';

export interface Touches {
  /** 1 for an item that is a version. */
  readonly isVersion: Uint8Array;
  readonly transaction: Int32Array;
  readonly key: Int32Array;
  readonly met: Int32Array;
  readonly left: Int32Array;
}

/** In the order of the transactions, each key of each once. */
export function touchesOf(
  txns: Transactions,
  known: Uint8Array,
  later: Int32Array,
  meter: Meter,
): Touches {
  const { count, first, mopKind, mopKey, mopAt, itemCount, writer, keyNames } = txns;
  const isVersion = uint8Array(itemCount);
  for (let item = 0; item < itemCount; item++)
    isVersion[item] = writer[item]! >= 0 && known[writer[item]!] === 1 && later[item]! < 0 ? 1 : 0;
  const room = mopKind.length;
  meter.take(room * 16);
  const [transaction, key] = [int32Array(room), int32Array(room)];
  const [met, left] = [int32Array(room), int32Array(room)];
  let size = 0;
  const touched = int32Array(keyNames.length).fill(-1);
  const stateOf = (mop: number) => {
    const item = mopKind[mop] === mopKinds.write ? mopAt[mop]! : lastItem(txns, mop);
    return item < 0 ? itemCount + mopKey[mop]! : item;
  };
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    const begin = size;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] === mopKinds.silent) continue;
      const k = mopKey[mop]!;
      const writes = mopKind[mop] === mopKinds.write;
      const state = stateOf(mop);
      if (touched[k]! < begin) {
        touched[k] = size;
        transaction[size] = t;
        key[size] = k;
        met[size] = writes ? unknownYet : state;
        left[size++] = state;
      } else if (writes) {
        left[touched[k]!] = state;
      }
    }
    for (let i = begin; i < size; i++) if (met[i] === unknownYet) met[i] = left[i]!;
    meter.step(first[t + 1]! - first[t]!);
  }
  return {
    isVersion,
    transaction: transaction.subarray(0, size),
    key: key.subarray(0, size),
    met: met.subarray(0, size),
    left: left.subarray(0, size),
  };
}

const unknownYet = -1;
