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
import { int32Array } from '../arrays.ts';
import type { Oddities, Words } from '../findings.ts';
import type { Meter } from '../meter.ts';
import { mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';

export function findInternal(
  txns: Transactions,
  known: Uint8Array,
  { name, key, found, value }: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const { count, first, mopKind, mopKey } = txns;
  const touched = int32Array(txns.keyNames.length).fill(-1);
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const k = mopKey[mop]!;
      const before = touched[k]!;
      touched[k] = mop;
      if (mopKind[mop] !== mopKinds.read) continue;
      const future = ownLater(txns, t, mop);
      if (future >= 0)
        oddities.add(
          'future-read',
          [t],
          () => `${name(t)} read ${value(future)} of key ${key(k)} before it appended it`,
        );
      if (before < first[t]! || fits(txns, first[t]!, mop, meter)) continue;
      oddities.add(
        'internal',
        [t],
        () =>
          `${name(t)} read ${found(mop)} of key ${key(k)}, against what it had itself read or appended`,
      );
    }
  }
}

/** An item of a read that the same transaction appends later, or -1. */
function ownLater(txns: Transactions, transaction: number, mop: number): number {
  const { mopAt, mopLength, found, writer, writerMop } = txns;
  if (!writesLater(txns, transaction, mop)) return -1;
  for (let at = mopAt[mop]! + mopLength[mop]! - 1; at >= mopAt[mop]!; at--) {
    const item = found[at]!;
    if (writer[item] === transaction && writerMop[item]! > mop) return item;
  }
  return -1;
}

/** Whether a transaction appends, after a read, to what it read; mostly it does not. */
function writesLater({ first, mopKind, mopKey }: Transactions, t: number, read: number): boolean {
  for (let mop = read + 1; mop < first[t + 1]!; mop++)
    if (mopKind[mop] === mopKinds.write && mopKey[mop] === mopKey[read]) return true;
  return false;
}

/** Goes back from a read over what the transaction did to the key, and over the end of what the read found. */
function fits(txns: Transactions, firstMop: number, read: number, meter: Meter): boolean {
  const { mopKind, mopKey, mopAt, mopLength, found } = txns;
  const begin = mopAt[read]!;
  let end = begin + mopLength[read]!;
  for (let mop = read - 1; mop >= firstMop; mop--) {
    meter.step();
    if (mopKey[mop] !== mopKey[read]) continue;
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
