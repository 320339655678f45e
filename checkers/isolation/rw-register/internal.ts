/**
 * What a transaction must see of its own in a register: after it wrote or read a key, what it wrote or read last (the axiom INT).
 *
 *     write x 1, read x → 2                internal
 *     read x → 1, read x → 2               internal
 *     read x → 1, write x 1                future-read
 */
import { int32Array } from '../arrays.ts';
import type { Oddities, Words } from '../findings.ts';
import type { OddityName } from '../levels/anomalies.ts';
import { lastItem, mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';

/** Most levels leave it at that; `ownWriteUnseen` is what those call it that ask transactions at least to see their own writes. */
export function findInternal(
  txns: Transactions,
  known: Uint8Array,
  { name, key, value, found }: Words,
  oddities: Oddities,
  ownWriteUnseen: OddityName = 'internal',
): void {
  const { count, first, mopKind, mopKey, mopAt } = txns;
  const touched = int32Array(txns.keyNames.length).fill(-1);
  const stateAfter = (mop: number) =>
    mopKind[mop] === mopKinds.write ? mopAt[mop]! : lastItem(txns, mop);
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] === mopKinds.silent) continue;
      const k = mopKey[mop]!;
      const before = touched[k]!;
      touched[k] = mop;
      if (mopKind[mop] === mopKinds.write) continue;
      const item = lastItem(txns, mop);
      if (item >= 0 && txns.writer[item] === t && txns.writerMop[item]! > mop)
        oddities.add(
          'future-read',
          [t],
          () => `${name(t)} read ${value(item)} of key ${key(k)} before it wrote it`,
        );
      if (before < first[t]! || stateAfter(before) === item) continue;
      oddities.add(
        mopKind[before] === mopKinds.write ? ownWriteUnseen : 'internal',
        [t],
        () =>
          `${name(t)} read ${found(mop)} of key ${key(k)}, against what it had itself read or written`,
      );
    }
  }
}
