/**
 * The order of each key's versions, as its reads tell it. A read of a list shows everything that was appended before it, in
 * order, so the longest read shows the order and every other read must be a beginning of it (Kingsbury & Alvaro, *Elle*,
 * VLDB 2020, §4.2.3: traceability).
 *
 *     read x → [1, 2, 3]     order of x: 1, 2, 3
 *     read x → [1, 2]        a beginning: it saw version 2, which 3 overwrote
 *     read x → [1, 3]        is none: incompatible-order; nothing is concluded from the order of x
 *     append x 4             was not read: it comes after 3, in no order with others that were not read
 *
 * What a transaction read counts if it happened: it was `ok`, or some read that counts shows what it wrote.
 */
import { int32Array, uint8Array } from '../arrays.ts';
import { mopKinds, outcomes, readsOf } from '../transactions.ts';
import type { Reads, Transactions } from '../transactions.ts';
import type { Meter } from '../meter.ts';

export interface VersionOrders {
  /** 1 for a transaction that is known to have happened. */
  readonly known: Uint8Array;
  readonly reads: Reads;
  /** The mop that read most of a key; -1 where no read counts. */
  readonly longest: Int32Array;
  /** 1 for a key whose reads contradict one another, or themselves: it has no order. */
  readonly broken: Uint8Array;
  /** Reads that are no beginning of the longest, and reads that show an item twice. */
  readonly incompatible: readonly number[];
  readonly duplicated: readonly number[];
}

export function versionOrders(txns: Transactions, meter: Meter): VersionOrders {
  const known = uint8Array(txns.count);
  for (let t = 0; t < txns.count; t++) known[t] = txns.outcome[t] === outcomes.ok ? 1 : 0;
  return ordersFrom(txns, known, meter);
}

/** Adds to what is known, and begins again where that had itself read something. */
function ordersFrom(txns: Transactions, known: Uint8Array, meter: Meter): VersionOrders {
  let reads = readsOf(txns, known, meter);
  let longest = longestReads(txns, reads);
  while (learnFrom(txns, longest, known)) {
    reads = readsOf(txns, known, meter);
    longest = longestReads(txns, reads);
  }
  const broken = uint8Array(txns.keyNames.length);
  const incompatible: number[] = [];
  const duplicated: number[] = [];
  const seen = int32Array(txns.itemCount).fill(-1);
  const look = (mop: number) => {
    if (!showsTwice(txns, mop, seen)) return;
    duplicated.push(mop);
    broken[txns.mopKey[mop]!] = 1;
  };
  for (const mop of longest) if (mop >= 0) look(mop);
  for (let read = 0; read < reads.count; read++) {
    const mop = reads.mop[read]!;
    const whole = longest[txns.mopKey[mop]!]!;
    meter.step(txns.mopLength[mop]);
    if (mop === whole || isBeginning(txns, mop, whole)) continue;
    incompatible.push(mop);
    broken[txns.mopKey[mop]!] = 1;
    look(mop);
  }
  // Reads that fit no order show all the same that what they read was written.
  if (learnFrom(txns, incompatible, known)) return ordersFrom(txns, known, meter);
  return { known, reads, longest, broken, incompatible, duplicated };
}

function longestReads({ mopKey, mopLength, keyNames }: Transactions, reads: Reads): Int32Array {
  const longest = int32Array(keyNames.length).fill(-1);
  for (let read = 0; read < reads.count; read++) {
    const mop = reads.mop[read]!;
    const best = longest[mopKey[mop]!]!;
    if (best < 0 || mopLength[mop]! > mopLength[best]!) longest[mopKey[mop]!] = mop;
  }
  return longest;
}

/** Whether by what reads show some transaction of unknown end is now known to have happened and had itself read something. */
function learnFrom(txns: Transactions, mops: Iterable<number>, known: Uint8Array): boolean {
  let reads = false;
  for (const mop of mops) {
    const length = mop < 0 ? 0 : txns.mopLength[mop]!;
    for (let i = 0; i < length; i++) {
      const writer = txns.writer[txns.found[txns.mopAt[mop]! + i]!]!;
      if (writer < 0 || known[writer] === 1 || txns.outcome[writer] !== outcomes.info) continue;
      known[writer] = 1;
      reads ||= txns.mopKind
        .subarray(txns.first[writer], txns.first[writer + 1])
        .includes(mopKinds.read);
    }
  }
  return reads;
}

/** Compared from the end, where reads that differ differ soonest. */
function isBeginning({ mopAt, mopLength, found }: Transactions, mop: number, whole: number) {
  const at = mopAt[mop]!;
  const wholeAt = mopAt[whole]!;
  if (at === wholeAt) return true;
  for (let i = mopLength[mop]! - 1; i >= 0; i--)
    if (found[at + i] !== found[wholeAt + i]) return false;
  return true;
}

/** `seen` remembers which read saw an item last. */
function showsTwice({ mopAt, mopLength, found }: Transactions, mop: number, seen: Int32Array) {
  let twice = false;
  for (let at = mopAt[mop]!; at < mopAt[mop]! + mopLength[mop]!; at++) {
    twice ||= seen[found[at]!] === mop;
    seen[found[at]!] = mop;
  }
  return twice;
}
