/**
 * The dependencies between transactions that appended to lists and read them (Adya 1999, §4.4; Elle §4.2).
 *
 *     order of x: 1 (by T1), 2 (by T2), and 3 (by T3) was never read
 *     ww: T1 → T2, T2 → T3                         the writer of a version, the writer of the next
 *     wr: T2 → whoever read [1, 2]                 the last item of a read is the version that it saw
 *     rw: whoever read [1] → T2, [1, 2] → T3       what it saw was overwritten
 *
 * Versions of transactions that did not happen are passed over; those that no transaction saw, but a failed one, are of no
 * other's concern. No transaction depends on itself, and the next version is the next one of *another* writer: who read in
 * the middle of T1's appends to x came before whoever overwrote T1, and T1 is not made to come before itself.
 */
import { int32Array } from '../arrays.ts';
import { kinds } from '../cycles/graph.ts';
import type { EdgeList } from '../cycles/graph.ts';
import type { Meter } from '../meter.ts';
import type { Transactions } from '../transactions.ts';
import { unreadAppends } from './unread.ts';
import type { UnreadAppends } from './unread.ts';
import type { VersionOrders } from './version-orders.ts';

/** Returns the appends that no read shows; there are no dependencies between those. */
export function addDataEdges(
  txns: Transactions,
  orders: VersionOrders,
  edges: EdgeList,
  meter: Meter,
): UnreadAppends {
  const { next, head } = successors(txns, orders, edges, meter);
  const unread = unreadAppends(txns, orders, (item) => next[item] === notInOrder, meter);
  const { reads } = orders;
  meter.step(reads.count);
  for (let read = 0; read < reads.count; read++) {
    const key = txns.mopKey[reads.mop[read]!]!;
    const reader = reads.transaction[read]!;
    const last = reads.saw[read]!;
    const writer = last < 0 ? -1 : txns.writer[last]!;
    if (writer >= 0 && writer !== reader && orders.known[writer] === 1)
      edges.add(writer, reader, kinds.wr);
    if (orders.broken[key] === 1) continue;
    const overwriting = last < 0 ? head[key]! : next[last]!;
    if (overwriting >= 0) {
      const other = txns.writer[overwriting]!;
      if (other !== reader) edges.add(reader, other, kinds.rw);
      continue;
    }
    for (let i = unread.offsets[key]!; i < unread.offsets[key + 1]!; i++) {
      const other = unread.writers[i]!;
      meter.step();
      if (other !== reader && other !== writer) edges.add(reader, other, kinds.rw);
    }
  }
  addLastOnes(txns, orders, unread, edges);
  return unread;
}

interface Successors {
  /** For an item of an order, the item of the next other writer that happened; `noNext` for the last; `notInOrder`. */
  readonly next: Int32Array;
  /** The first item of a key by a writer that happened. */
  readonly head: Int32Array;
}

const noNext = -1;
const notInOrder = -2;

/** Walks each order from its end; adds the ww edges between its versions on the way. */
function successors(
  txns: Transactions,
  { longest, broken, known }: VersionOrders,
  edges: EdgeList,
  meter: Meter,
): Successors {
  meter.take(txns.itemCount * 4);
  const next = int32Array(txns.itemCount).fill(notInOrder);
  const head = int32Array(longest.length).fill(noNext);
  for (let key = 0; key < longest.length; key++) {
    const mop = longest[key]!;
    if (mop < 0 || broken[key] === 1) continue;
    // The version after the one looked at, and the next after it that has another writer.
    let later = noNext;
    let afterLater = noNext;
    for (let at = txns.mopAt[mop]! + txns.mopLength[mop]! - 1; at >= txns.mopAt[mop]!; at--) {
      const item = txns.found[at]!;
      const writer = txns.writer[item]!;
      const happened = writer >= 0 && known[writer] === 1;
      const same = later >= 0 && txns.writer[later] === writer;
      next[item] = same ? afterLater : later;
      if (!happened) continue;
      if (!same) {
        if (later >= 0) edges.add(writer, txns.writer[later]!, kinds.ww);
        afterLater = later;
      }
      later = item;
    }
    head[key] = later;
    meter.step(txns.mopLength[mop]);
  }
  return { next, head };
}

/** ww from the writer of a key's last version that was read to everyone whose appends were not. */
function addLastOnes(
  txns: Transactions,
  { longest, broken, known }: VersionOrders,
  { offsets, writers }: UnreadAppends,
  edges: EdgeList,
): void {
  for (let key = 0; key < longest.length; key++) {
    const mop = longest[key]!;
    if (mop < 0 || broken[key] === 1) continue;
    let at = txns.mopAt[mop]! + txns.mopLength[mop]! - 1;
    const happened = (writer: number) => writer >= 0 && known[writer] === 1;
    while (at >= txns.mopAt[mop]! && !happened(txns.writer[txns.found[at]!]!)) at--;
    if (at < txns.mopAt[mop]!) continue;
    const last = txns.writer[txns.found[at]!]!;
    for (let i = offsets[key]!; i < offsets[key + 1]!; i++)
      if (writers[i] !== last) edges.add(last, writers[i]!, kinds.ww);
  }
}
