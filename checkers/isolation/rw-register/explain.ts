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
    const { mop, version, next, because } = overwriting(txns, versions(), from, to, kind);
    const key = words.key(txns.mopKey[mop]!);
    const did =
      kind === kinds.ww
        ? `${words.name(from)} wrote ${words.value(version)} to key ${key}`
        : `${words.name(from)} read ${words.found(mop)} of key ${key}`;
    const then = `before ${words.name(to)} wrote ${words.value(next)}`;
    const before = kind === kinds.ww ? words.value(version) : words.found(mop);
    const says = `${did} ${then} (${reasonWords.get(because)!})`;
    return { key, values: [before, words.value(next)], says };
  };
}

/** For a dependency, who wrote the version that one of `to` follows; -1 for the one before all writes. */
export const earlierWriters =
  (txns: Transactions, versions: Graph) =>
  (from: number, to: number, kind: number): number => {
    if (kind === kinds.ww) return from;
    const { version } = overwriting(txns, versions, from, to, kind);
    return version < txns.itemCount ? txns.writer[version]! : -1;
  };

/** The write or read of `from` whose version one of `to` follows, and why that does. */
function overwriting(txns: Transactions, versions: Graph, from: number, to: number, kind: number) {
  const wanted = kind === kinds.ww ? mopKinds.write : mopKinds.read;
  for (let mop = txns.first[from]!; mop < txns.first[from + 1]!; mop++) {
    if (txns.mopKind[mop] !== wanted) continue;
    const version = kind === kinds.ww ? txns.mopAt[mop]! : versionRead(txns, mop);
    for (let edge = versions.offsets[version]!; edge < versions.offsets[version + 1]!; edge++) {
      const next = versions.targets[edge]!;
      if (next < txns.itemCount && txns.writer[next] === to)
        return { mop, version, next, because: versions.kinds[edge]! };
    }
  }
  throw new Error('an edge of the graph has no evidence');
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

const reasonWords = new Map<number, string>([
  [reasons.wfr, 'writes follow reads'],
  [reasons.sequential, 'one client did one after the other'],
  [reasons.linearizable, 'keys are linearizable'],
  [reasons.order, 'by the order of transactions'],
  [reasons.initial, 'every version comes after none'],
]);
