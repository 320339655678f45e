/**
 * Read committed, by the axiom of Biswas & Enea (OOPSLA 2019) and the algorithm of AWDIT (Møldrup & Pavlogiannis, PLDI 2025, §4): who
 * has read from t2, and then reads key x, which t2 wrote too, from another t1, must take t1 for the later one.
 *
 *     t3: read y from t2, read x from t1, and t2 writes x     t2 was committed before t1
 *
 * Reads are gone through from the last. Of those that come later, the first of each key is enough, for what it read from comes before what the
 * others read from, by the same axiom; and a second one, where the first is from t2 itself. Of two sets of keys, what t2 writes and what is
 * read later, the smaller is gone through: that is what keeps it within n to the 1.5 steps.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import { writes } from './sessions.ts';
import type { Infer, Sessions } from './sessions.ts';

export function inferReadCommitted(all: Sessions, keys: number, infer: Infer, meter: Meter): void {
  const { count, readFirst, readKey, readFrom, writeFirst, writeKey } = all;
  // By key: from whom it is read first, and next from another, after the place where we are.
  const nearest = int32Array(keys).fill(-1);
  const second = int32Array(keys).fill(-1);
  const firstRead = int32Array(count + 1);
  for (let t3 = 0; t3 < count; t3++) {
    const [begin, end] = [readFirst[t3]!, readFirst[t3 + 1]!];
    for (let read = end - 1; read >= begin; read--) firstRead[readFrom[read]!] = read;
    const seen: number[] = [];
    for (let read = end - 1; read >= begin; read--) {
      const t2 = readFrom[read]!;
      const look = (key: number) => {
        const t1 = nearest[key] === t2 ? second[key]! : nearest[key]!;
        if (t1 >= 0) infer(t2, t1, t3, key);
      };
      if (firstRead[t2] === read && t2 !== count) {
        const written = writeFirst[t2 + 1]! - writeFirst[t2]!;
        meter.step(Math.min(written, seen.length) + 1);
        if (written <= seen.length)
          for (let at = writeFirst[t2]!; at < writeFirst[t2 + 1]!; at++) look(writeKey[at]!);
        else for (const key of seen) if (writes(all, t2, key)) look(key);
      }
      const key = readKey[read]!;
      if (nearest[key]! < 0) seen.push(key);
      if (nearest[key] === t2) continue;
      second[key] = nearest[key]!;
      nearest[key] = t2;
    }
    for (const key of seen) nearest[key] = second[key] = -1;
  }
}
