/** Why one transaction comes before another, as its appends and reads of lists show. */
import type { Evidence } from '../cycle-finding.ts';
import { kinds } from '../cycles/graph.ts';
import type { Words } from '../findings.ts';
import { lastItem, mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import type { VersionOrders } from './version-orders.ts';

/** The evidence for a dependency that stands in the graph. */
export function dependencyEvidence(
  txns: Transactions,
  orders: VersionOrders,
  words: Words,
): (from: number, to: number, kind: number) => Evidence {
  const place = placeIn(txns, orders);
  return (from, to, kind) => {
    if (kind === kinds.wr) return readFrom(txns, words, from, to);
    return kind === kinds.ww
      ? overwritten(txns, words, place, from, to)
      : missed(txns, words, place, from, to);
  };
}

/** The place of an item in the order of its key, from 0; infinite for one that no read shows. */
const placeIn =
  ({ itemKeys, mopAt, mopLength, found }: Transactions, { longest }: VersionOrders) =>
  (item: number): number => {
    const mop = longest[itemKeys[item]!]!;
    if (mop < 0) return Number.POSITIVE_INFINITY;
    const at = found.subarray(mopAt[mop], mopAt[mop]! + mopLength[mop]!).indexOf(item);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };

function mopsOf(txns: Transactions, transaction: number, kind: number): number[] {
  const [begin, end] = [txns.first[transaction]!, txns.first[transaction + 1]!];
  return Array.from({ length: end - begin }, (_, i) => begin + i).filter(
    (mop) => txns.mopKind[mop] === kind,
  );
}

function readFrom(txns: Transactions, words: Words, from: number, to: number): Evidence {
  const mop = mopsOf(txns, to, mopKinds.read).find((mop) => {
    const last = lastItem(txns, mop);
    return last >= 0 && txns.writer[last] === from;
  })!;
  const key = words.key(txns.mopKey[mop]!);
  const value = words.value(lastItem(txns, mop));
  return {
    key,
    values: [value],
    says: `${words.name(to)} read ${value} of key ${key}, which ${words.name(from)} appended`,
  };
}

type Place = (item: number) => number;

/** Of all appends of the two to one key, the two that are closest. */
function overwritten(txns: Transactions, words: Words, place: Place, from: number, to: number) {
  let best: { earlier: number; later: number; distance: number } | undefined;
  for (const a of mopsOf(txns, from, mopKinds.write))
    for (const b of mopsOf(txns, to, mopKinds.write)) {
      if (txns.mopKey[a] !== txns.mopKey[b]) continue;
      const [earlier, later] = [txns.mopAt[a]!, txns.mopAt[b]!];
      const distance = place(later) - place(earlier);
      if (distance > 0 && (best === undefined || distance < best.distance))
        best = { earlier, later, distance };
    }
  const { earlier, later } = best!;
  const key = words.key(txns.itemKeys[later]!);
  return {
    key,
    values: [words.value(earlier), words.value(later)],
    says: `${words.name(to)} appended ${words.value(later)} to key ${key} after ${words.name(from)} had appended ${words.value(earlier)}`,
  };
}

/** The first append that a read is without. */
function missed(txns: Transactions, words: Words, place: Place, from: number, to: number) {
  let best: { read: number; later: number; distance: number } | undefined;
  for (const read of mopsOf(txns, from, mopKinds.read))
    for (const b of mopsOf(txns, to, mopKinds.write)) {
      if (txns.mopKey[read] !== txns.mopKey[b]) continue;
      const later = txns.mopAt[b]!;
      const distance = place(later) - txns.mopLength[read]!;
      if (distance >= 0 && (best === undefined || distance < best.distance))
        best = { read, later, distance };
    }
  const { read, later } = best!;
  const key = words.key(txns.mopKey[read]!);
  return {
    key,
    values: [words.found(read), words.value(later)],
    says: `${words.name(from)} read ${words.found(read)} of key ${key}, without ${words.value(later)}, which ${words.name(to)} appended`,
  };
}
