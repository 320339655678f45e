/**
 * What a transaction must see of its own (Cerone, Bernardi & Gotsman, CONCUR 2015: the axiom INT): a read of a list ends with what the
 * transaction appended since it last read it, and before that is exactly what it read then.
 *
 *     read x → [1], append x 2, read x → [1, 2]     right
 *     append x 2, read x → [7, 2]                   right: what was there before is not known
 *     append x 2, read x → [2, 7]                   internal
 *     read x → [1], read x → [1, 7]                 internal
 *     read x → [2], append x 2                      future-read
 */
import type { Oddities, Words } from '../findings.ts';
import type { Meter } from '../meter.ts';
import { mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';

/** `earlierMop` says of each mop which of its transaction and key came before. */
export function findInternal(
  txns: Transactions,
  known: Uint8Array,
  earlierMop: Int32Array,
  { name, key, found, value }: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const { count, first, mopKind, mopKey } = txns;
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const before = earlierMop[mop]!;
      if (before < 0) continue;
      if (mopKind[mop] === mopKinds.write)
        for (let read = before; read >= 0; read = earlierMop[read]!) {
          if (mopKind[read] === mopKinds.write) break;
          const future = mopKind[read] === mopKinds.read ? ownLater(txns, t, read) : -1;
          if (future < 0) continue;
          oddities.add(
            'future-read',
            [t],
            () =>
              `${name(t)} read ${value(future)} of key ${key(mopKey[mop]!)} before it appended it`,
          );
        }
      if (mopKind[mop] !== mopKinds.read || fits(txns, earlierMop, mop, meter)) continue;
      oddities.add(
        'internal',
        [t],
        () =>
          `${name(t)} read ${found(mop)} of key ${key(mopKey[mop]!)}, against what it had itself read or appended`,
      );
    }
  }
}

/** An item of a read that the same transaction appends later, or -1. */
function ownLater(txns: Transactions, transaction: number, mop: number): number {
  const { mopAt, mopLength, found, writer, writerMop } = txns;
  for (let at = mopAt[mop]! + mopLength[mop]! - 1; at >= mopAt[mop]!; at--) {
    const item = found[at]!;
    if (writer[item] === transaction && writerMop[item]! > mop) return item;
  }
  return -1;
}

/** Goes back from a read over what the transaction did to the key, and over the end of what the read found. */
function fits(txns: Transactions, earlierMop: Int32Array, read: number, meter: Meter): boolean {
  const { mopKind, mopAt, mopLength, found } = txns;
  const begin = mopAt[read]!;
  let end = begin + mopLength[read]!;
  for (let mop = earlierMop[read]!; mop >= 0; mop = earlierMop[mop]!) {
    meter.step();
    if (mopKind[mop] === mopKinds.write) {
      if (end === begin || found[--end] !== mopAt[mop]) return false;
    } else if (mopKind[mop] === mopKinds.read) {
      if (end - begin !== mopLength[mop]) return false;
      for (let i = 0; i < end - begin; i++)
        if (found[begin + i] !== found[mopAt[mop]! + i]) return false;
      return true;
    }
  }
  return true;
}
