/**
 * Lost updates (Adya 1999, §4.4.2; Berenson et al., SIGMOD 1995, P4): two transactions read the same version of a key, before they wrote it
 * themselves, and both wrote it. In whatever order they did, the second overwrote a version that it had not seen.
 */
import { int32Array } from './arrays.ts';
import type { Oddities, Words } from './findings.ts';
import { mopKinds } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** `seen` says which version a read saw: an item, or -1 for the one before all writes. */
export function findLostUpdates(
  txns: Transactions,
  known: Uint8Array,
  seen: (mop: number) => number,
  { name, key, value }: Words,
  oddities: Oddities,
): void {
  const { count, first, mopKind, mopKey, keyNames, itemCount } = txns;
  // Who was the last to read a version and to write the key; versions before all writes come after the items.
  const updater = int32Array(itemCount + keyNames.length).fill(-1);
  const touched = int32Array(keyNames.length).fill(-1);
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const k = mopKey[mop]!;
      if (mopKind[mop] === mopKinds.silent) continue;
      const before = touched[k]!;
      if (before < first[t]!) touched[k] = mop;
      if (mopKind[mop] !== mopKinds.write || before < first[t]!) continue;
      if (mopKind[before] !== mopKinds.read) continue;
      const version = seen(before);
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
