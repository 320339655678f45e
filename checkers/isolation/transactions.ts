/**
 * A history of transactions as columns: typed arrays in which everything has a number. Transactions are numbered in the
 * order of their invocations, their micro-operations (*mops*) in the order of the transactions, and values of keys are items.
 *
 *     T0: append x 1, read y → [7, 8]     first = [0, 2, …]
 *
 *     mop           kind     key   at                       length
 *     append x 1    write    x     the item (x, 1)          -
 *     read y        read     y     where its items begin    2
 *
 * A read that says nothing, as of a transaction whose end nobody knows, is `silent`. A read of a register has one item, or
 * none where it found nothing. A million transactions take some hundred bytes each.
 */
import type { Atom } from '../linearizability/models/values.ts';
import { indexAt } from '../../src/core/history/entry-columns.ts';
import type { ProcessId } from '../../src/core/history/entry.ts';
import { int32Array } from './arrays.ts';
import type { Meter } from './meter.ts';

export interface Transactions {
  readonly count: number;
  readonly outcome: Uint8Array;
  /** Numbers of processes, without gaps; `processNames` has their names. */
  readonly process: Int32Array;
  readonly processNames: readonly ProcessId[];
  /** Places of entries; `complete` is -1 where nobody said how it ended. */
  readonly invoke: Int32Array;
  readonly complete: Int32Array;
  /** By place, the index of an entry; undefined where it is the place (`indexAt`). */
  readonly index: Int32Array | undefined;
  /** The first mop of each, and, one further, where the last one's end. */
  readonly first: Int32Array;
  readonly mopKind: Uint8Array;
  readonly mopKey: Int32Array;
  readonly mopAt: Int32Array;
  readonly mopLength: Int32Array;
  /** What reads found; several may share a place, or begin at the same (found.ts). */
  readonly found: Int32Array;
  readonly keyNames: readonly Atom[];
  readonly itemCount: number;
  readonly itemValues: readonly Atom[];
  readonly itemKeys: Int32Array;
  /** The mop that wrote an item, and its transaction; -1 for an item that was read and never written. */
  readonly writerMop: Int32Array;
  readonly writer: Int32Array;
}

export const outcomes = { ok: 0, fail: 1, info: 2 } as const;
export const mopKinds = { write: 0, read: 1, silent: 2 } as const;

/** The reads that count, in their order, as columns of their own: they are gone through again and again. */
export interface Reads {
  readonly count: number;
  readonly mop: Int32Array;
  readonly transaction: Int32Array;
  /** The version that it saw: its last item; -1 where it found nothing. */
  readonly saw: Int32Array;
}

/** Those of transactions that are `known` to have happened. */
export function readsOf(txns: Transactions, known: Uint8Array, meter: Meter): Reads {
  const { first, mopKind } = txns;
  let count = 0;
  for (let mop = 0; mop < mopKind.length; mop++) count += mopKind[mop] === mopKinds.read ? 1 : 0;
  meter.take(count * 12);
  const reads = { mop: int32Array(count), transaction: int32Array(count), saw: int32Array(count) };
  let size = 0;
  for (let t = 0; t < txns.count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] !== mopKinds.read) continue;
      reads.mop[size] = mop;
      reads.transaction[size] = t;
      reads.saw[size++] = lastItem(txns, mop);
    }
  }
  meter.step(mopKind.length);
  return { ...reads, count: size };
}

/** For each mop, the one before it of the same transaction and key; -1 if there is none. */
export function earlierMops(
  { count, first, mopKey, keyNames }: Transactions,
  meter: Meter,
): Int32Array {
  meter.take(mopKey.length * 4);
  const earlier = int32Array(mopKey.length);
  const last = int32Array(keyNames.length).fill(-1);
  for (let t = 0; t < count; t++)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const before = last[mopKey[mop]!]!;
      last[mopKey[mop]!] = mop;
      earlier[mop] = before >= first[t]! ? before : -1;
    }
  meter.step(mopKey.length);
  return earlier;
}

/** The version that a read saw: its last item; -1 where it found nothing. */
export const lastItem = ({ mopAt, mopLength, found }: Transactions, mop: number): number =>
  mopLength[mop] === 0 ? -1 : found[mopAt[mop]! + mopLength[mop]! - 1]!;

/** The indexes of the entries of a transaction: of its invocation, and of its completion where there is one. */
export function entriesOf(txns: Transactions, transaction: number): number[] {
  const invoked = indexAt(txns, txns.invoke[transaction]!);
  const completed = txns.complete[transaction]!;
  return completed < 0 ? [invoked] : [invoked, indexAt(txns, completed)];
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

/** Whether there is anything to judge from: a read that is known to have happened. */
export function somethingWasRead({ count, first, outcome, mopKind }: Transactions): boolean {
  for (let t = 0; t < count; t++)
    if (outcome[t] === outcomes.ok)
      for (let mop = first[t]!; mop < first[t + 1]!; mop++)
        if (mopKind[mop] === mopKinds.read) return true;
  return false;
}
