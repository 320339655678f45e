/**
 * Causal consistency, by the axiom of Biswas & Enea (OOPSLA 2019) and the algorithm of AWDIT (PLDI 2025, §4): of whatever came before t3
 * over sessions and reads, in any number of steps, t3 must see everything or something later.
 *
 * What came before t3 is a beginning of each session, so a clock with one number for each session says it: how many of its transactions. Of
 * each session the last one in that beginning that writes x is enough, and only if it did not come before t1 anyway. Clocks are joined in the order of a topological sort; the
 * order of `before` is one, turned round.
 */
import { copyOf, int32Array } from '../arrays.ts';
import type { Components } from '../cycles/components.ts';
import type { Meter } from '../meter.ts';
import type { Infer, Sessions } from './sessions.ts';

/** `before` are the components of sessions and reads, which must be of one transaction each. */
export function inferCausal(
  all: Sessions,
  keys: number,
  before: Components,
  infer: Infer,
  meter: Meter,
): void {
  const { count, sessions, readFirst, readKey, readFrom } = all;
  const width = sessions.length;
  meter.take(count * (width + 2) * 4);
  const clocks = int32Array(count * width);
  const place = int32Array(count);
  const sessionOf = int32Array(count).fill(-1);
  for (const [number, session] of sessions.entries())
    for (const [at, t] of session.entries()) {
      sessionOf[t] = number;
      place[t] = at;
    }
  const writers = writersByKey(all, keys, meter);
  const order = int32Array(before.count);
  for (let t = 0; t <= count; t++) order[before.count - 1 - before.of[t]!] = t;
  for (const t3 of order) {
    if (t3 === count || sessionOf[t3]! < 0) continue;
    const session = sessionOf[t3]!;
    const own = t3 * width;
    if (place[t3]! > 0) join(clocks, own, sessions[session]![place[t3]! - 1]! * width, width);
    for (let read = readFirst[t3]!; read < readFirst[t3 + 1]!; read++)
      if (readFrom[read] !== count) join(clocks, own, readFrom[read]! * width, width);
    for (let read = readFirst[t3]!; read < readFirst[t3 + 1]!; read++) {
      const [key, t1] = [readKey[read]!, readFrom[read]!];
      const end = writers.keyFirst[key + 1]!;
      for (let run = writers.keyFirst[key]!; run < end; run++) {
        const s = writers.session[run]!;
        const t2 = lastBefore(writers, run, place, clocks[own + s]!);
        if (t2 < 0 || t2 === t1) continue;
        if (t1 === count || place[t2]! >= clocks[t1 * width + s]!) infer(t2, t1, t3, key);
      }
      meter.step(width + end - writers.keyFirst[key]!);
    }
    clocks[own + session] = place[t3]! + 1;
  }
}

function join(clocks: Int32Array, own: number, other: number, width: number): void {
  for (let s = 0; s < width; s++) {
    const seen = clocks[other + s]!;
    if (seen > clocks[own + s]!) clocks[own + s] = seen;
  }
}

/** Who writes each key: runs of transactions of one session, in their order; those of one key lie together. */
interface Writers {
  readonly keyFirst: Int32Array;
  readonly session: Int32Array;
  /** Where the run begins, and, one further, where the last one ends. */
  readonly first: Int32Array;
  readonly transaction: Int32Array;
}

function writersByKey(
  { sessions, writeFirst, writeKey }: Sessions,
  keys: number,
  meter: Meter,
): Writers {
  const size = writeFirst.at(-1)!;
  meter.take(size * 12 + keys * 12);
  const keyFirst = int32Array(keys + 1);
  const counts = int32Array(keys + 1);
  const lastOf = int32Array(keys).fill(-1);
  const visit = (onWrite: (key: number, t: number, session: number) => void): void => {
    for (const [number, session] of sessions.entries())
      for (const t of session)
        for (let at = writeFirst[t]!; at < writeFirst[t + 1]!; at++)
          onWrite(writeKey[at]!, t, number);
  };
  visit((key, _, session) => {
    counts[key + 1]!++;
    if (lastOf[key] !== session) keyFirst[key + 1]!++;
    lastOf[key] = session;
  });
  for (let key = 0; key < keys; key++) {
    counts[key + 1]! += counts[key]!;
    keyFirst[key + 1]! += keyFirst[key]!;
  }
  const runs = keyFirst[keys]!;
  const writers = {
    keyFirst,
    session: int32Array(runs),
    first: int32Array(runs + 1),
    transaction: int32Array(size),
  };
  const nextRun = copyOf(keyFirst, keys);
  lastOf.fill(-1);
  visit((key, t, session) => {
    if (lastOf[key] !== session) {
      writers.session[nextRun[key]!] = session;
      writers.first[nextRun[key]!++] = counts[key]!;
      lastOf[key] = session;
    }
    writers.transaction[counts[key]!++] = t;
  });
  writers.first[runs] = size;
  return writers;
}

/** The last transaction of a run that is one of the first `seen` of its session; -1 if none is. A search by halves. */
function lastBefore(
  { first, transaction }: Writers,
  run: number,
  place: Int32Array,
  seen: number,
): number {
  let low = first[run]!;
  let high = first[run + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place[transaction[middle]!]! < seen) low = middle + 1;
    else high = middle;
  }
  return low === first[run] ? -1 : transaction[low - 1]!;
}
