/**
 * What a transaction must see of its own in a register: after it wrote or read a key, what it wrote or read last (the axiom INT).
 *
 *     write x 1, read x → 2                internal
 *     read x → 1, read x → 2               internal
 *     read x → 1, write x 1                future-read
 */
import type { Oddities, Words } from '../findings.ts';
import type { OddityName } from '../levels/anomalies.ts';
import { lastItem, mopKinds } from '../transactions.ts';
import type { Reads, Transactions } from '../transactions.ts';

/**
 * `earlierMop` says of each mop which of its transaction and key came before. Most levels leave it at that; `ownWriteUnseen` is what those call it that ask
 * transactions at least to see their own writes.
 */
export function findInternal(
  txns: Transactions,
  reads: Reads,
  earlierMop: Int32Array,
  { name, key, value, found }: Words,
  oddities: Oddities,
  ownWriteUnseen: OddityName = 'internal',
): void {
  const { mopKind, mopKey, mopAt, writer, writerMop } = txns;
  const stateAfter = (mop: number) =>
    mopKind[mop] === mopKinds.write ? mopAt[mop]! : lastItem(txns, mop);
  for (let read = 0; read < reads.count; read++) {
    const mop = reads.mop[read]!;
    const t = reads.transaction[read]!;
    const item = reads.saw[read]!;
    if (item >= 0 && writer[item] === t && writerMop[item]! > mop)
      oddities.add(
        'future-read',
        [t],
        () => `${name(t)} read ${value(item)} of key ${key(mopKey[mop]!)} before it wrote it`,
      );
    let before = earlierMop[mop]!;
    while (before >= 0 && mopKind[before] === mopKinds.silent) before = earlierMop[before]!;
    if (before < 0 || stateAfter(before) === item) continue;
    oddities.add(
      mopKind[before] === mopKinds.write ? ownWriteUnseen : 'internal',
      [t],
      () =>
        `${name(t)} read ${found(mop)} of key ${key(mopKey[mop]!)}, against what it had itself read or written`,
    );
  }
}
