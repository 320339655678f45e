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
import { forReads, lastItem, mopKinds, outcomes } from './transactions.ts';
import type { Transactions } from './transactions.ts';

export function findBadReads(
  txns: Transactions,
  known: Uint8Array,
  words: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  badItems(txns, known, words, oddities, meter);
  intermediateReads(txns, known, words, oddities);
}

/** Reads of what nobody wrote or what did not happen. Only keys that have such an item are looked at. */
function badItems(
  txns: Transactions,
  known: Uint8Array,
  { name, key, value, verb }: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const suspect = uint8Array(txns.keyNames.length);
  const isBad = (item: number) =>
    txns.writer[item]! < 0 || txns.outcome[txns.writer[item]!] === outcomes.fail;
  for (let item = 0; item < txns.itemCount; item++)
    if (isBad(item)) suspect[txns.itemKeys[item]!] = 1;
  forReads(txns, known, (mop, t) => {
    if (suspect[txns.mopKey[mop]!] === 0) return;
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
  });
}

function intermediateReads(
  txns: Transactions,
  known: Uint8Array,
  { name, key, value, verb }: Words,
  oddities: Oddities,
): void {
  const later = laterWrites(txns);
  forReads(txns, known, (mop, t) => {
    const item = lastItem(txns, mop);
    if (item < 0) return;
    const writer = txns.writer[item]!;
    if (writer < 0 || writer === t || later[item]! < 0) return;
    if (txns.outcome[writer] === outcomes.fail) return;
    oddities.add(
      'G1b',
      [t, writer],
      () =>
        `${name(t)} read key ${key(txns.mopKey[mop]!)} up to ${value(item)}, after which ${name(writer)} went on to ${verb} ${value(later[item]!)}`,
    );
  });
}

/** For each item, what the same transaction wrote to the same key next; -1 if nothing. */
export function laterWrites(txns: Transactions): Int32Array {
  const later = int32Array(txns.itemCount).fill(-1);
  forWritesInTurn(txns, (item, next) => (later[item] = next));
  return later;
}

/** For each item, what the same transaction wrote to the same key just before; -1 if nothing. */
export function earlierWrites(txns: Transactions): Int32Array {
  const earlier = int32Array(txns.itemCount).fill(-1);
  forWritesInTurn(txns, (item, next) => (earlier[next] = item));
  return earlier;
}

function forWritesInTurn(txns: Transactions, onTurn: (item: number, next: number) => void): void {
  const { count, first, mopKind, mopKey, mopAt } = txns;
  const lastOf = int32Array(txns.keyNames.length).fill(-1);
  for (let t = 0; t < count; t++)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] !== mopKinds.write) continue;
      const last = lastOf[mopKey[mop]!]!;
      if (last >= first[t]!) onTurn(mopAt[last]!, mopAt[mop]!);
      lastOf[mopKey[mop]!] = mop;
    }
}
