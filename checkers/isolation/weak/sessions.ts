/**
 * What weak levels are judged from: sessions, and who read what from whom. Nothing is known of the order of versions.
 *
 * Only transactions that happened count. A session is what one client did in order; a transaction of unknown end that was not its client's last
 * is a session of its own, for it may have taken effect after those that followed. Before all sessions stands one transaction, number `count`,
 * that wrote what is read as nothing.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import { lastItem, mopKinds, outcomes } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';

export interface Sessions {
  readonly count: number;
  /** Transactions in their order. */
  readonly sessions: readonly (readonly number[])[];
  /** Reads from other transactions, of each transaction in their order: where they begin, of which key, from whom. */
  readonly readFirst: Int32Array;
  readonly readKey: Int32Array;
  readonly readFrom: Int32Array;
  /** Keys that each transaction writes, ascending, each once. */
  readonly writeFirst: Int32Array;
  readonly writeKey: Int32Array;
}

export function sessionsOf(txns: Transactions, known: Uint8Array, meter: Meter): Sessions {
  const { count, first, mopKind, mopKey, writer } = txns;
  meter.take(mopKind.length * 12 + count * 16);
  const readFirst = int32Array(count + 1);
  const writeFirst = int32Array(count + 1);
  const readKey = int32Array(mopKind.length);
  const readFrom = int32Array(mopKind.length);
  const writeKey = int32Array(mopKind.length);
  const lastWriter = int32Array(txns.keyNames.length).fill(-1);
  let reads = 0;
  let writes = 0;
  for (let t = 0; t < count; t++) {
    const begin = writes;
    for (let mop = first[t]!; known[t] === 1 && mop < first[t + 1]!; mop++) {
      const key = mopKey[mop]!;
      if (mopKind[mop] === mopKinds.write) {
        if (lastWriter[key] !== t) writeKey[writes++] = key;
        lastWriter[key] = t;
      } else if (mopKind[mop] === mopKinds.read) {
        const item = lastItem(txns, mop);
        const from = item < 0 ? count : writer[item]!;
        if (from === t || from < 0 || (from < count && known[from] === 0)) continue;
        readKey[reads] = key;
        readFrom[reads++] = from;
      }
    }
    if (writes > begin + 1) writeKey.subarray(begin, writes).sort();
    readFirst[t + 1] = reads;
    writeFirst[t + 1] = writes;
    meter.step(first[t + 1]! - first[t]!);
  }
  const sessions = grouped(txns, known);
  return { count, sessions, readFirst, readKey, readFrom, writeFirst, writeKey };
}

function grouped(txns: Transactions, known: Uint8Array): number[][] {
  const byProcess: number[][] = txns.processNames.map(() => []);
  for (let t = 0; t < txns.count; t++) if (known[t] === 1) byProcess[txns.process[t]!]!.push(t);
  return byProcess.flatMap((session) => {
    const isEarly = (t: number) => txns.outcome[t] !== outcomes.ok && t !== session.at(-1);
    const early = session.filter(isEarly);
    return [session.filter((t) => !isEarly(t))].concat(early.map((t) => [t]));
  });
}

/** Whether a transaction writes a key: a search by halves. */
export function writes({ writeFirst, writeKey, count }: Sessions, t: number, key: number): boolean {
  if (t === count) return true;
  let low = writeFirst[t]!;
  let high = writeFirst[t + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (writeKey[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low < writeFirst[t + 1]! && writeKey[low] === key;
}

/** Told of each inference: `earlier` must be committed before `later`, for `reader` read `key` from that. */
export type Infer = (earlier: number, later: number, reader: number, key: number) => void;
