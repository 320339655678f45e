/** Why one transaction comes before another, as its reads and writes of registers show. */
import type { Evidence } from '../cycle-finding.ts';
import { kinds } from '../cycles/graph.ts';
import type { Graph } from '../cycles/graph.ts';
import type { Words } from '../findings.ts';
import { lastItem, mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import { reasons } from './version-order.ts';

export function dependencyEvidence(
  txns: Transactions,
  versions: () => Graph,
  words: Words,
): (from: number, to: number, kind: number) => Evidence {
  return (from, to, kind) => {
    if (kind === kinds.wr) return readFrom(txns, words, from, to);
    const wanted = kind === kinds.ww ? mopKinds.write : mopKinds.read;
    for (let mop = txns.first[from]!; mop < txns.first[from + 1]!; mop++) {
      if (txns.mopKind[mop] !== wanted) continue;
      const version = kind === kinds.ww ? txns.mopAt[mop]! : versionRead(txns, mop);
      const next = nextBy(txns, versions(), version, to);
      if (next === undefined) continue;
      const key = words.key(txns.mopKey[mop]!);
      const did =
        kind === kinds.ww
          ? `${words.name(from)} wrote ${words.value(version)} to key ${key}`
          : `${words.name(from)} read ${words.found(mop)} of key ${key}`;
      const then = `before ${words.name(to)} wrote ${words.value(next.item)}`;
      const before = kind === kinds.ww ? words.value(version) : words.found(mop);
      const values = [before, words.value(next.item)];
      return { key, values, says: `${did} ${then} (${next.because})` };
    }
    throw new Error('an edge of the graph has no evidence');
  };
}

const versionRead = (txns: Transactions, mop: number): number => {
  const item = lastItem(txns, mop);
  return item < 0 ? txns.itemCount + txns.mopKey[mop]! : item;
};

function readFrom(txns: Transactions, words: Words, from: number, to: number): Evidence {
  for (let mop = txns.first[to]!; mop < txns.first[to + 1]!; mop++) {
    const item = txns.mopKind[mop] === mopKinds.read ? lastItem(txns, mop) : -1;
    if (item < 0 || txns.writer[item] !== from) continue;
    const key = words.key(txns.mopKey[mop]!);
    const read = `${words.name(to)} read ${words.value(item)} of key ${key}`;
    return { key, values: [words.value(item)], says: `${read}, which ${words.name(from)} wrote` };
  }
  throw new Error('an edge of the graph has no evidence');
}

/** The version after this one that a transaction wrote, and why it comes after. */
function nextBy(txns: Transactions, versions: Graph, version: number, by: number) {
  for (let edge = versions.offsets[version]!; edge < versions.offsets[version + 1]!; edge++) {
    const item = versions.targets[edge]!;
    if (item >= txns.itemCount || txns.writer[item] !== by) continue;
    return { item, because: reasonWords.get(versions.kinds[edge]!)! };
  }
  return undefined;
}

const reasonWords = new Map<number, string>([
  [reasons.wfr, 'writes follow reads'],
  [reasons.sequential, 'one client did one after the other'],
  [reasons.linearizable, 'keys are linearizable'],
  [reasons.order, 'by the order of transactions'],
  [reasons.initial, 'every version comes after none'],
]);
