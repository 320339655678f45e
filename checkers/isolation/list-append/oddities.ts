/**
 * Anomalies of list-append that a look at single reads shows, without any cycle (Adya 1999, §4.2; Elle §4.3, §6.1).
 *
 *     G1a             T1: append x 1, failed            T2: read x → [1]
 *     G1b             T1: append x 1, append x 2        T2: read x → [1]
 *     dirty-update    T1: append x 1, failed            T2: append x 2      T3: read x → [1, 2]
 *     thin-air-read   nobody appended 7                 T2: read x → [7]
 */
import type { Meter } from '../meter.ts';
import type { Oddities, Words } from '../findings.ts';
import { mopKinds, outcomes } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import { lastItem } from './edges.ts';
import { forReads } from './version-orders.ts';
import type { VersionOrders } from './version-orders.ts';

export function findOddities(
  txns: Transactions,
  orders: VersionOrders,
  words: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const { name, key, found } = words;
  const read = (mop: number) => `read ${found(mop)} of key ${key(txns.mopKey[mop]!)}`;
  for (const mop of orders.duplicated) {
    const t = transactionOf(txns, mop);
    oddities.add('duplicate-elements', [t], () => `${name(t)} ${read(mop)}: an element twice`);
  }
  for (const mop of orders.incompatible) {
    const whole = orders.longest[txns.mopKey[mop]!]!;
    const [t, other] = [transactionOf(txns, mop), transactionOf(txns, whole)];
    oddities.add(
      'incompatible-order',
      [t, other],
      () => `${name(t)} ${read(mop)}, ${name(other)} ${found(whole)}: neither begins the other`,
    );
  }
  badItems(txns, orders, words, oddities, meter);
  intermediateReads(txns, orders, words, oddities);
  dirtyUpdates(txns, orders, words, oddities);
}

/** Finds the transaction of a mop by halving. */
export function transactionOf({ first, count }: Transactions, mop: number): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (first[middle]! <= mop) low = middle;
    else high = middle;
  }
  return low;
}

/** Reads of what nobody wrote or what did not happen. Only keys that have such an item are looked at. */
function badItems(
  txns: Transactions,
  { known }: VersionOrders,
  { name, key, value }: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const suspect = new Uint8Array(txns.keyNames.length);
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
      if (writer < 0) oddities.add('thin-air-read', [t], () => `${what}, which nobody appended`);
      else
        oddities.add('G1a', [t, writer], () => `${what}, which ${name(writer)} failed to append`);
    }
  });
}

function intermediateReads(
  txns: Transactions,
  { known }: VersionOrders,
  { name, key, value }: Words,
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
        `${name(t)} read key ${key(txns.mopKey[mop]!)} up to ${value(item)}, after which ${name(writer)} went on to append ${value(later[item]!)}`,
    );
  });
}

/** For each item, what the same transaction wrote to the same key next; -1 if nothing. */
export function laterWrites(txns: Transactions): Int32Array {
  const { count, first, mopKind, mopKey, mopAt } = txns;
  const later = new Int32Array(txns.itemCount).fill(-1);
  const lastOf = new Int32Array(txns.keyNames.length).fill(-1);
  for (let t = 0; t < count; t++)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] !== mopKinds.write) continue;
      const last = lastOf[mopKey[mop]!]!;
      if (last >= first[t]!) later[mopAt[last]!] = mopAt[mop]!;
      lastOf[mopKey[mop]!] = mop;
    }
  return later;
}

function dirtyUpdates(
  txns: Transactions,
  { longest, broken, known }: VersionOrders,
  { name, key, value }: Words,
  oddities: Oddities,
): void {
  for (let k = 0; k < longest.length; k++) {
    const mop = longest[k]!;
    if (mop < 0 || broken[k] === 1) continue;
    let dirty = -1;
    for (let at = txns.mopAt[mop]!; at < txns.mopAt[mop]! + txns.mopLength[mop]!; at++) {
      const item = txns.found[at]!;
      const writer = txns.writer[item]!;
      if (writer >= 0 && txns.outcome[writer] === outcomes.fail) dirty = item;
      else if (dirty >= 0 && writer >= 0 && known[writer] === 1) {
        const [failed, from] = [txns.writer[dirty]!, dirty];
        oddities.add(
          'dirty-update',
          [writer, failed],
          () =>
            `${name(writer)} appended ${value(item)} to key ${key(k)} after ${value(from)}, which ${name(failed)} failed to append`,
        );
        dirty = -1;
      }
    }
  }
}
