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
  readonly transaction: readonly number[];
  readonly key: readonly number[];
  readonly met: readonly number[];
  readonly left: readonly number[];
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
  const touches = {
    isVersion,
    transaction: [] as number[],
    key: [] as number[],
    met: [] as number[],
    left: [] as number[],
  };
  const touched = int32Array(keyNames.length).fill(-1);
  const stateOf = (mop: number) => {
    const item = mopKind[mop] === mopKinds.write ? mopAt[mop]! : lastItem(txns, mop);
    return item < 0 ? itemCount + mopKey[mop]! : item;
  };
  meter.take(mopKind.length * 32);
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    const begin = touches.key.length;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] === mopKinds.silent) continue;
      const k = mopKey[mop]!;
      const writes = mopKind[mop] === mopKinds.write;
      const state = stateOf(mop);
      if (touched[k]! < begin) {
        touched[k] = touches.key.length;
        touches.transaction.push(t);
        touches.key.push(k);
        touches.met.push(writes ? unknownYet : state);
        touches.left.push(state);
      } else if (writes) {
        touches.left[touched[k]!] = state;
      }
    }
    for (let i = begin; i < touches.key.length; i++)
      if (touches.met[i] === unknownYet) touches.met[i] = touches.left[i]!;
    meter.step(first[t + 1]! - first[t]!);
  }
  return touches;
}

const unknownYet = -1;
