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
import type { ProcessId } from '../../src/core/history/entry.ts';

export interface Transactions {
  readonly count: number;
  readonly outcome: Uint8Array;
  /** Numbers of processes, without gaps; `processNames` has their names. */
  readonly process: Int32Array;
  readonly processNames: readonly ProcessId[];
  /** Indexes of entries; `complete` is -1 where nobody said how it ended. */
  readonly invoke: Int32Array;
  readonly complete: Int32Array;
  /** The first mop of each, and, one further, where the last one's end. */
  readonly first: Int32Array;
  readonly mopKind: Uint8Array;
  readonly mopKey: Int32Array;
  readonly mopAt: Int32Array;
  readonly mopLength: Int32Array;
  /** What all reads found, one read after the other. */
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

/** Calls back with each read that counts. */
export function forReads(
  { count, first, mopKind }: Transactions,
  known: Uint8Array,
  onRead: (mop: number, transaction: number) => void,
): void {
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++)
      if (mopKind[mop] === mopKinds.read) onRead(mop, t);
  }
}

/** The version that a read saw: its last item; -1 where it found nothing. */
export const lastItem = ({ mopAt, mopLength, found }: Transactions, mop: number): number =>
  mopLength[mop] === 0 ? -1 : found[mopAt[mop]! + mopLength[mop]! - 1]!;

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
