/**
 * Appends that happened and that no read shows. They come after all that was read of their key, in no order among themselves; where one
 * has to be taken for granted, it is that of their transactions.
 */
import { int32Array } from '../arrays.ts';
import type { Components } from '../cycles/components.ts';
import { kinds } from '../cycles/graph.ts';
import type { EdgeList } from '../cycles/graph.ts';
import type { Meter } from '../meter.ts';
import type { Transactions } from '../transactions.ts';
import type { VersionOrders } from './version-orders.ts';

export interface UnreadAppends {
  /** By key. */
  readonly offsets: Int32Array;
  /** Transactions, each once for a key. */
  readonly writers: Int32Array;
}

/** `isUnread` says of an item of a key whose order is known that no read shows it. */
export function unreadAppends(
  { itemCount, itemKeys, writer, keyNames }: Transactions,
  { known, broken }: VersionOrders,
  isUnread: (item: number) => boolean,
  meter: Meter,
): UnreadAppends {
  const unread: number[] = [];
  for (let item = 0; item < itemCount; item++)
    if (isUnread(item) && broken[itemKeys[item]!] === 0)
      if (writer[item]! >= 0 && known[writer[item]!] === 1) unread.push(item);
  meter.step(itemCount);
  meter.take(unread.length * 12);
  unread.sort((a, b) => itemKeys[a]! - itemKeys[b]! || writer[a]! - writer[b]!);
  const offsets = int32Array(keyNames.length + 1);
  const writers: number[] = [];
  for (const [at, item] of unread.entries()) {
    const before = at === 0 ? item : unread[at - 1]!;
    const isSame = itemKeys[before] === itemKeys[item] && writer[before] === writer[item];
    if (at > 0 && isSame) continue;
    writers.push(writer[item]!);
    offsets[itemKeys[item]! + 1]!++;
  }
  for (let key = 0; key < keyNames.length; key++) offsets[key + 1]! += offsets[key]!;
  return { offsets, writers: Int32Array.from(writers) };
}

/** Keys to which two transactions of one component made such appends. */
export function unorderedKeys(
  { offsets, writers }: UnreadAppends,
  { count, of }: Components,
): number[] {
  const keyOf = int32Array(count).fill(-1);
  const unordered: number[] = [];
  for (let key = 0; key + 1 < offsets.length; key++)
    for (let i = offsets[key]!; i < offsets[key + 1]!; i++) {
      const component = of[writers[i]!]!;
      if (keyOf[component] === key && unordered.at(-1) !== key) unordered.push(key);
      keyOf[component] = key;
    }
  return unordered;
}

/** Lets each key's writers overwrite one another as they come in `order`. */
export function addUnreadInOrder(
  { offsets, writers }: UnreadAppends,
  order: Int32Array,
  edges: EdgeList,
): void {
  const place = int32Array(order.length);
  for (const [at, t] of order.entries()) place[t] = at;
  for (let key = 0; key + 1 < offsets.length; key++) {
    const sorted = writers
      .subarray(offsets[key], offsets[key + 1])
      .toSorted((a, b) => place[a]! - place[b]!);
    for (let i = 1; i < sorted.length; i++) edges.add(sorted[i - 1]!, sorted[i]!, kinds.ww);
  }
}
