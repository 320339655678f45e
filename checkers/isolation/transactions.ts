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
  readonly itemKeys: readonly number[];
  /** The mop that wrote an item, and its transaction; -1 for an item that was read and never written. */
  readonly writerMop: Int32Array;
  readonly writer: Int32Array;
}

export const outcomes = { ok: 0, fail: 1, info: 2 } as const;
export const mopKinds = { write: 0, read: 1, silent: 2 } as const;
