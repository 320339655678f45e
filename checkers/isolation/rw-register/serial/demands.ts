/**
 * What must come before what in a serial order of transactions, in tables that are looked up while one is made.
 *
 * Versions are the last writes of transactions; the number of a version is that of its item, and the one before all writes of key k has
 * the number `itemCount + k`.
 */
import { copyOf, int32Array } from '../../arrays.ts';
import { variants } from '../../levels/anomalies.ts';
import type { Meter } from '../../meter.ts';
import { mopKinds, outcomes } from '../../transactions.ts';
import type { Reads, Transactions } from '../../transactions.ts';
import { beginsOf, lineOf, turnsOf } from '../../turns.ts';

export interface SerialQuestion {
  readonly txns: Transactions;
  /** 1 for a transaction that is known to have happened; only these are placed. */
  readonly known: Uint8Array;
  readonly reads: Reads;
  /** 1 for an item that is a version: one that a transaction left. */
  readonly isVersion: Uint8Array;
}

/** Numbers by number, those of one lying together. */
export interface Lists {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

export interface Demands {
  /** What happened by the turns of the transactions; `rank` is the place of a transaction in it, `turn` an entry. */
  readonly line: Int32Array;
  readonly rank: Int32Array;
  readonly turn: Int32Array;
  /** By transaction, what its client did before; empty if the order of clients is of no concern. */
  readonly previous: Int32Array;
  /** By version, the transactions that read it from another; and where a mop's is in it, beyond the end for any other mop. */
  readonly readers: Lists;
  readonly placeOfRead: Int32Array;
  /** By transaction, the entry after which it happened, and by version the last of its readers'; -1 if real time is of no concern. */
  readonly begin: Int32Array;
  readonly lastBegin: Int32Array;
  readonly isRealtime: boolean;
  /** By transaction, those that come before it because somebody read from both, and would have read from the other otherwise. */
  readonly forced: ReadonlyMap<number, readonly number[]>;
  /** By key, the transactions that left a version of it, in the order of `line`; and where an item's is in it. */
  readonly writers: Lists;
  readonly placeOf: Int32Array;
}

/** `variant` says what is respected beside data: nothing, the order of clients, or real time. */
export function demandsOf(
  { txns, known, reads, isVersion }: SerialQuestion,
  variant: number,
  meter: Meter,
): Demands {
  meter.room(txns.count * 20 + txns.itemCount * 16 + reads.count * 8);
  const turn = turnsOf(txns, reads);
  const line = lineOf(turn).filter((t) => known[t] === 1);
  const rank = int32Array(txns.count);
  for (let at = 0; at < line.length; at++) rank[line[at]!] = at;
  const isRealtime = variants[variant] === '-realtime';
  const lastBegin = int32Array(txns.itemCount).fill(-1);
  const begin = beginsOf(txns, reads);
  if (isRealtime)
    for (let read = 0; read < reads.count; read++) {
      const item = reads.saw[read]!;
      const since = begin[reads.transaction[read]!]!;
      if (item >= 0 && lastBegin[item]! < since) lastBegin[item] = since;
    }
  meter.step(txns.count + reads.count + txns.mopKind.length);
  return {
    line,
    rank,
    turn,
    previous: variants[variant] === '-process' ? previousOf(txns, known) : int32Array(0),
    ...readersOf(txns, reads),
    begin,
    lastBegin,
    isRealtime,
    forced: forcedOf(txns, reads, meter),
    ...writersOf(txns, line, isVersion),
  };
}

function previousOf({ count, process, outcome, processNames }: Transactions, known: Uint8Array) {
  const previous = int32Array(count).fill(-1);
  const last = int32Array(processNames.length).fill(-1);
  for (let t = 0; t < count; t++) {
    if (known[t] === 0) continue;
    previous[t] = last[process[t]!]!;
    if (outcome[t] === outcomes.ok) last[process[t]!] = t;
  }
  return previous;
}

/** R reads x from T1 and y from T2, who wrote x too: so T2 came before T1 (Biswas & Enea, OOPSLA 2019: read atomic). */
function forcedOf(txns: Transactions, { count, transaction, saw }: Reads, meter: Meter) {
  const { writer, itemKeys } = txns;
  const forced = new Map<number, number[]>();
  for (let first = 0, end = 0; first < count; first = end) {
    while (end < count && transaction[end] === transaction[first]) end++;
    if (end - first > readsMax) continue;
    for (let a = first; a < end; a++)
      for (let b = first; b < end; b++) {
        if (saw[a]! < 0 || saw[b]! < 0) continue;
        const [t1, t2] = [writer[saw[a]!]!, writer[saw[b]!]!];
        meter.step();
        const isOther = (t: number) => t >= 0 && t !== transaction[first];
        if (!isOther(t1) || !isOther(t2) || t1 === t2 || !writes(txns, t2, itemKeys[saw[a]!]!))
          continue;
        const before = forced.get(t1);
        if (before === undefined) forced.set(t1, [t2]);
        else before.push(t2);
      }
  }
  return forced;
}

/** Larger transactions say more than is worth looking at: nothing rests on it. */
const readsMax = 32;

function writes({ first, mopKind, mopKey }: Transactions, t: number, key: number): boolean {
  for (let mop = first[t]!; mop < first[t + 1]!; mop++)
    if (mopKind[mop] === mopKinds.write && mopKey[mop] === key) return true;
  return false;
}

function readersOf(
  { itemCount, keyNames, mopKey, writer }: Transactions,
  reads: Reads,
): Pick<Demands, 'readers' | 'placeOfRead'> {
  const offsets = int32Array(itemCount + keyNames.length + 1);
  const versionOf = (read: number) =>
    reads.saw[read]! < 0 ? itemCount + mopKey[reads.mop[read]!]! : reads.saw[read]!;
  const isOwn = (read: number) =>
    reads.saw[read]! >= 0 && writer[reads.saw[read]!] === reads.transaction[read];
  for (let read = 0; read < reads.count; read++) if (!isOwn(read)) offsets[versionOf(read) + 1]!++;
  for (let at = 1; at < offsets.length; at++) offsets[at]! += offsets[at - 1]!;
  const next = copyOf(offsets, offsets.length - 1);
  const members = int32Array(offsets.at(-1)!);
  const placeOfRead = int32Array(mopKey.length).fill(members.length);
  for (let read = 0; read < reads.count; read++) {
    if (isOwn(read)) continue;
    const place = next[versionOf(read)]!++;
    members[place] = reads.transaction[read]!;
    placeOfRead[reads.mop[read]!] = place;
  }
  return { readers: { offsets, members }, placeOfRead };
}

function writersOf(
  { first, itemCount, itemKeys, keyNames, mopKind, mopAt }: Transactions,
  line: Int32Array,
  isVersion: Uint8Array,
): Pick<Demands, 'writers' | 'placeOf'> {
  const offsets = int32Array(keyNames.length + 1);
  for (let item = 0; item < itemCount; item++)
    if (isVersion[item] === 1) offsets[itemKeys[item]! + 1]!++;
  for (let key = 0; key < keyNames.length; key++) offsets[key + 1]! += offsets[key]!;
  const next = copyOf(offsets, keyNames.length);
  const members = int32Array(offsets[keyNames.length]!);
  const placeOf = int32Array(itemCount);
  for (const t of line)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const item = mopAt[mop]!;
      if (mopKind[mop] !== mopKinds.write || isVersion[item] === 0) continue;
      placeOf[item] = next[itemKeys[item]!]!++;
      members[placeOf[item]] = t;
    }
  return { writers: { offsets, members }, placeOf };
}
