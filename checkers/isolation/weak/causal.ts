/**
 * Causal consistency, by the axiom of Biswas & Enea (OOPSLA 2019) and the algorithm of AWDIT (PLDI 2025, §4): of whatever came before t3
 * over sessions and reads, in any number of steps, t3 must see everything or something later.
 *
 * What came before t3 is a beginning of each session, so a clock with one number for each session says it: how many of its transactions. Of
 * each session the last one in that beginning that writes x is enough. Clocks are joined in the order of a topological sort; the
 * order of `before` is one, turned round.
 */
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
  const clocks = new Int32Array(count * width);
  const place = new Int32Array(count);
  const sessionOf = new Int32Array(count).fill(-1);
  for (const [number, session] of sessions.entries())
    for (const [at, t] of session.entries()) {
      sessionOf[t] = number;
      place[t] = at;
    }
  const writers = writersByKey(all, keys, meter);
  const order = new Int32Array(before.count);
  for (let t = 0; t <= count; t++) order[before.count - 1 - before.of[t]!] = t;
  for (const t3 of order) {
    if (t3 === count || sessionOf[t3]! < 0) continue;
    const session = sessionOf[t3]!;
    const own = clocks.subarray(t3 * width, (t3 + 1) * width);
    if (place[t3]! > 0) join(own, clocks, sessions[session]![place[t3]! - 1]! * width);
    for (let read = readFirst[t3]!; read < readFirst[t3 + 1]!; read++)
      if (readFrom[read] !== count) join(own, clocks, readFrom[read]! * width);
    for (let read = readFirst[t3]!; read < readFirst[t3 + 1]!; read++) {
      const [key, t1] = [readKey[read]!, readFrom[read]!];
      for (const [s, list] of writers[key]!) {
        const t2 = lastBefore(list, place, own[s]!);
        if (t2 >= 0 && t2 !== t1) infer(t2, t1, t3, key);
      }
      meter.step(width + writers[key]!.size);
    }
    own[session] = place[t3]! + 1;
  }
}

function join(own: Int32Array, clocks: Int32Array, other: number): void {
  for (let s = 0; s < own.length; s++) {
    const seen = clocks[other + s]!;
    if (seen > own[s]!) own[s] = seen;
  }
}

/** For each key, by session, the transactions that write it, in their order. */
function writersByKey(
  { sessions, writeFirst, writeKey }: Sessions,
  keys: number,
  meter: Meter,
): Map<number, number[]>[] {
  const writers = Array.from({ length: keys }, () => new Map<number, number[]>());
  meter.take(writeKey.length * 16 + keys * 100);
  for (const [number, session] of sessions.entries())
    for (const t of session)
      for (let at = writeFirst[t]!; at < writeFirst[t + 1]!; at++) {
        const lists = writers[writeKey[at]!]!;
        const list = lists.get(number);
        if (list === undefined) lists.set(number, [t]);
        else list.push(t);
      }
  return writers;
}

/** The last of a session's transactions that is one of its first `seen`; -1 if none is. */
function lastBefore(list: readonly number[], place: Int32Array, seen: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place[list[middle]!]! < seen) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? -1 : list[low - 1]!;
}
