/**
 * When a transaction had happened at the latest, and not before when, as entries and reads tell: it had happened when it completed, and when
 * somebody completed who had read what it wrote; it had not when it began, nor when one began whose writes it read.
 */
import { copyOf, int32Array } from './arrays.ts';
import type { Reads, Transactions } from './transactions.ts';

/** By transaction, the place of the entry before which it had happened; `never` for one that was neither said to be complete nor read. */
export function turnsOf({ count, complete, writer }: Transactions, reads: Reads): Int32Array {
  const turns = int32Array(count);
  for (let t = 0; t < count; t++) turns[t] = complete[t]! < 0 ? never : complete[t]!;
  // Readers come mostly after writers, so that one way back tells nearly all.
  for (let pass = 0, changed = true; changed && pass < passesMax; pass++) {
    changed = false;
    for (let read = reads.count - 1; read >= 0; read--) {
      const from = reads.saw[read]! < 0 ? -1 : writer[reads.saw[read]!]!;
      const turn = turns[reads.transaction[read]!]!;
      if (from < 0 || turn >= turns[from]!) continue;
      turns[from] = turn;
      changed = true;
    }
  }
  return turns;
}

/** By transaction, the place of the entry after which it happened. */
export function beginsOf({ count, invoke, writer }: Transactions, reads: Reads): Int32Array {
  const begins = copyOf(invoke, count);
  for (let pass = 0, changed = true; changed && pass < passesMax; pass++) {
    changed = false;
    for (let read = 0; read < reads.count; read++) {
      const from = reads.saw[read]! < 0 ? -1 : writer[reads.saw[read]!]!;
      const reader = reads.transaction[read]!;
      if (from < 0 || begins[from]! <= begins[reader]!) continue;
      begins[reader] = begins[from]!;
      changed = true;
    }
  }
  return begins;
}

const passesMax = 8;
const never = 2 ** 31 - 1;

/** The transactions in the order of their turns, those of one turn in that of their numbers. */
export function lineOf(turns: Int32Array): Int32Array {
  let last = 0;
  for (const turn of turns) if (turn !== never && turn > last) last = turn;
  const offsets = int32Array(last + 3);
  const place = (turn: number) => Math.min(turn, last + 1);
  for (const turn of turns) offsets[place(turn) + 1]!++;
  for (let at = 1; at < offsets.length; at++) offsets[at]! += offsets[at - 1]!;
  const line = int32Array(turns.length);
  for (let t = 0; t < turns.length; t++) line[offsets[place(turns[t]!)]!++] = t;
  return line;
}
