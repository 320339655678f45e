/**
 * Anomalies of list-append that reads show, without any cycle (Elle §4.3, §6.1), beside those that reads of any kind show.
 *
 *     duplicate-elements    T1: read x → [1, 1]
 *     incompatible-order    T1: read x → [1, 2]             T2: read x → [2]
 *                           T1: append x 1, append x 2      T2: read x → [2]: T1 had appended 1 before
 *     dirty-update          T1: append x 1, failed          T2: append x 2      T3: read x → [1, 2]
 */
import type { Meter } from '../meter.ts';
import type { Oddities, Words } from '../findings.ts';
import { outcomes, transactionOf } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import { uint8Array } from '../arrays.ts';
import { findBadReads, writesInTurn } from '../bad-reads.ts';
import type { VersionOrders } from './version-orders.ts';

/** `earlierMop` says of each mop which of its transaction and key came before. */
export function findOddities(
  txns: Transactions,
  orders: VersionOrders,
  earlierMop: Int32Array,
  words: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const { later, earlier } = writesInTurn(txns, earlierMop);
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
  findBadReads(txns, orders.reads, later, words, oddities, meter);
  againstOwnOrder(txns, orders, earlier, words, oddities, meter);
  dirtyUpdates(txns, orders, words, oddities);
}

/** Elements that a read shows without one, or before one, that the same transaction had appended before. */
function againstOwnOrder(
  txns: Transactions,
  { longest, broken, known }: VersionOrders,
  earlier: Int32Array,
  { name, key, value, found }: Words,
  oddities: Oddities,
  meter: Meter,
): void {
  const shown = uint8Array(txns.itemCount);
  for (let k = 0; k < longest.length; k++) {
    const mop = longest[k]!;
    if (mop < 0 || broken[k] === 1) continue;
    meter.step(txns.mopLength[mop]);
    for (let at = txns.mopAt[mop]!; at < txns.mopAt[mop]! + txns.mopLength[mop]!; at++) {
      const item = txns.found[at]!;
      shown[item] = 1;
      const before = earlier[item]!;
      if (before < 0 || shown[before] === 1) continue;
      const writer = txns.writer[item]!;
      if (known[writer] === 0) continue;
      const reader = transactionOf(txns, mop);
      oddities.add(
        'incompatible-order',
        [reader, writer],
        () =>
          `${name(reader)} read ${found(mop)} of key ${key(k)}, where ${value(before)} does not come before ${value(item)}, though ${name(writer)} appended it before`,
      );
    }
  }
}

function dirtyUpdates(
  txns: Transactions,
  { longest, broken, known }: VersionOrders,
  { name, key, value }: Words,
  oddities: Oddities,
): void {
  if (!txns.outcome.includes(outcomes.fail)) return;
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
