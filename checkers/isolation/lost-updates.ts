/**
 * Lost updates (Adya 1999, §4.4.2; Berenson et al., SIGMOD 1995, P4): two transactions read the same version of a key, before they wrote it
 * themselves, and both wrote it. In whatever order they did, the second overwrote a version that it had not seen.
 */
import { int32Array } from './arrays.ts';
import type { Oddities, Words } from './findings.ts';
import { lastItem, mopKinds } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** `earlierMop` says of each mop which of its transaction and key came before. */
export function findLostUpdates(
  txns: Transactions,
  known: Uint8Array,
  earlierMop: Int32Array,
  { name, key, value }: Words,
  oddities: Oddities,
): void {
  const { count, first, mopKind, mopKey, keyNames, itemCount } = txns;
  // Who was the last to read a version and to write the key; versions before all writes come after the items.
  const updater = int32Array(itemCount + keyNames.length).fill(-1);
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (earlierMop[mop]! < 0 || mopKind[mop] !== mopKinds.write) continue;
      const read = firstRead(txns, earlierMop, mop);
      if (read < 0) continue;
      const version = lastItem(txns, read);
      const k = mopKey[mop]!;
      const place = version < 0 ? itemCount + k : version;
      const other = updater[place]!;
      updater[place] = t;
      if (other >= 0 && other !== t)
        oddities.add('lost-update', [t, other], () => {
          const what = version < 0 ? 'no version' : `version ${value(version)}`;
          return `${name(other)} and ${name(t)} both read ${what} of key ${key(k)}, and both wrote to it`;
        });
    }
  }
}

/** The first read of the key in the transaction, if this is its first write there; else -1. */
function firstRead({ mopKind }: Transactions, earlierMop: Int32Array, write: number): number {
  let first = -1;
  for (let mop = earlierMop[write]!; mop >= 0; mop = earlierMop[mop]!) {
    if (mopKind[mop] === mopKinds.write) return -1;
    if (mopKind[mop] === mopKinds.read) first = mop;
  }
  return first;
}
