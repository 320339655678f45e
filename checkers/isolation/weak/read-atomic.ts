/**
 * Read atomic, by the axiom of Biswas & Enea (OOPSLA 2019) and the algorithm of AWDIT (PLDI 2025, §4): of whatever came before t3 in its session, and
 * of whatever t3 read from, t3 must see everything or something later.
 *
 *     t3 reads x from t1, and t2 writes x, t2 ≠ t1     t2 was committed before t1, if
 *                                                      t2 came before t3 in its session, or t3 read from t2
 *
 * Of a session the last one before t3 that writes x is enough. That a transaction reads one key from two others is seen before.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import { writes } from './sessions.ts';
import type { Infer, Sessions } from './sessions.ts';

export function inferReadAtomic(all: Sessions, keys: number, infer: Infer, meter: Meter): void {
  const { readFirst, readKey, readFrom, writeFirst, writeKey, count, sessions } = all;
  const lastWriter = int32Array(keys).fill(-1);
  const readBy = int32Array(keys).fill(-1);
  const source = int32Array(keys);
  for (const session of sessions) {
    for (const t3 of session) {
      const [begin, end] = [readFirst[t3]!, readFirst[t3 + 1]!];
      for (let read = begin; read < end; read++) {
        const [key, t1] = [readKey[read]!, readFrom[read]!];
        readBy[key] = t3;
        source[key] = t1;
        const t2 = lastWriter[key]!;
        if (t2 >= 0 && t2 !== t1) infer(t2, t1, t3, key);
      }
      for (let read = begin; read < end; read++) {
        const t2 = readFrom[read]!;
        if (t2 === count) continue;
        const look = (key: number) => {
          if (readBy[key] === t3 && source[key] !== t2) infer(t2, source[key]!, t3, key);
        };
        const written = writeFirst[t2 + 1]! - writeFirst[t2]!;
        meter.step(Math.min(written, end - begin) + 1);
        if (written <= end - begin)
          for (let at = writeFirst[t2]!; at < writeFirst[t2 + 1]!; at++) look(writeKey[at]!);
        else
          for (let at = begin; at < end; at++)
            if (writes(all, t2, readKey[at]!)) look(readKey[at]!);
      }
      for (let at = writeFirst[t3]!; at < writeFirst[t3 + 1]!; at++) lastWriter[writeKey[at]!] = t3;
    }
    for (const t of session)
      for (let at = writeFirst[t]!; at < writeFirst[t + 1]!; at++) lastWriter[writeKey[at]!] = -1;
  }
}
