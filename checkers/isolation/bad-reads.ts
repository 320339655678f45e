/**
 * Reads that no level above read-uncommitted explains, whatever they are of (Adya 1999, §4.2).
 *
 *     G1a             T1: write x 1, failed           T2: read x → 1
 *     G1b             T1: write x 1, write x 2        T2: read x → 1
 *     thin-air-read   nobody wrote 7                  T2: read x → 7
 */
import { int32Array, uint8Array } from './arrays.ts';
import type { Oddities, Words } from './findings.ts';
import type { Meter } from './meter.ts';
import { mopKinds, outcomes } from './transactions.ts';
import type { Reads, Transactions } from './transactions.ts';

export function findBadReads(
  txns: Transactions,
  reads: Reads,
  later: Int32Array,
  words: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  badItems(txns, reads, words, oddities, meter);
  intermediateReads(txns, reads, later, words, oddities);
}

/** Reads of what nobody wrote or what did not happen. Only keys that have such an item are looked at. */
function badItems(
  txns: Transactions,
  reads: Reads,
  { name, key, value, verb }: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const suspect = uint8Array(txns.keyNames.length);
  const isBad = (item: number) =>
    txns.writer[item]! < 0 || txns.outcome[txns.writer[item]!] === outcomes.fail;
  for (let item = 0; item < txns.itemCount; item++)
    if (isBad(item)) suspect[txns.itemKeys[item]!] = 1;
  if (!suspect.includes(1)) return;
  for (let read = 0; read < reads.count; read++) {
    const [mop, t] = [reads.mop[read]!, reads.transaction[read]!];
    if (suspect[txns.mopKey[mop]!] === 0) continue;
    const end = txns.mopAt[mop]! + txns.mopLength[mop]!;
    meter.step(txns.mopLength[mop]);
    for (let at = txns.mopAt[mop]!; at < end; at++) {
      const item = txns.found[at]!;
      if (!isBad(item)) continue;
      const writer = txns.writer[item]!;
      const what = `${name(t)} read ${value(item)} of key ${key(txns.mopKey[mop]!)}`;
      if (writer < 0) oddities.add('thin-air-read', [t], () => `${what}, which nobody wrote`);
      else
        oddities.add('G1a', [t, writer], () => `${what}, which ${name(writer)} failed to ${verb}`);
    }
  }
}

function intermediateReads(
  txns: Transactions,
  reads: Reads,
  later: Int32Array,
  { name, key, value, verb }: Words,
  oddities: Oddities,
): void {
  for (let read = 0; read < reads.count; read++) {
    const item = reads.saw[read]!;
    if (item < 0 || later[item]! < 0) continue;
    const t = reads.transaction[read]!;
    const writer = txns.writer[item]!;
    if (writer === t || txns.outcome[writer] === outcomes.fail) continue;
    oddities.add(
      'G1b',
      [t, writer],
      () =>
        `${name(t)} read key ${key(txns.itemKeys[item]!)} up to ${value(item)}, after which ${name(writer)} went on to ${verb} ${value(later[item]!)}`,
    );
  }
}

/** For each item, what the same transaction wrote to the same key next, and just before; -1 if nothing. */
export interface WritesInTurn {
  readonly later: Int32Array;
  readonly earlier: Int32Array;
}

/** `earlierMop` says of each mop which of its transaction and key came before. */
export function writesInTurn(
  { itemCount, mopKind, mopAt }: Transactions,
  earlierMop: Int32Array,
): WritesInTurn {
  const later = int32Array(itemCount).fill(-1);
  const earlier = int32Array(itemCount).fill(-1);
  for (let mop = 0; mop < earlierMop.length; mop++) {
    if (earlierMop[mop]! < 0 || mopKind[mop] !== mopKinds.write) continue;
    let before = earlierMop[mop]!;
    while (before >= 0 && mopKind[before] !== mopKinds.write) before = earlierMop[before]!;
    if (before < 0) continue;
    later[mopAt[before]!] = mopAt[mop]!;
    earlier[mopAt[mop]!] = mopAt[before]!;
  }
  return { later, earlier };
}
