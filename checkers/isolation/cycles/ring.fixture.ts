/** Transactions that depend on one another in one ring, of any size, whose only cycle is the whole. All begin before any completes. */
import type { Entry, EntryType, History } from '../../../src/core/history/entry.ts';
import { historyOf } from '../../linearizability/histories.fixture.ts';

/** How each transaction comes before the next, the last before the first. `ww` can be had of lists only. */
export type RingKind = 'ww' | 'wr' | 'rw';

type Mop = readonly [f: string, key: string, value: unknown];

export function ring(shape: 'list' | 'register', kinds: readonly RingKind[]): History {
  const write = shape === 'list' ? 'append' : 'w';
  const found = (...values: number[]) => (shape === 'list' ? values : (values.at(-1) ?? null));
  const mops = kinds.map((): Mop[] => []);
  const witnesses: Mop[][] = [];
  for (const [at, kind] of kinds.entries()) {
    const key = `k${at}`;
    const [before, after] = [mops[at]!, mops[(at + 1) % kinds.length]!];
    if (kind === 'wr') {
      before.push([write, key, 1]);
      after.push(['r', key, found(1)]);
    } else if (kind === 'rw') {
      before.push(['r', key, found()]);
      after.push([write, key, 1]);
    } else {
      before.push([write, key, 1]);
      after.push([write, key, 2]);
      witnesses.push([['r', key, found(1, 2)]]);
    }
  }
  return together([...mops, ...witnesses]);
}

function together(all: readonly (readonly Mop[])[]): History {
  const entries: Entry[] = [];
  const record = (process: number, type: EntryType, value: unknown) =>
    entries.push({ index: entries.length, timeNs: entries.length, process, type, f: 'txn', value });
  const asked = ([f, key, value]: Mop): Mop => (f === 'r' ? [f, key, null] : [f, key, value]);
  for (const [process, mops] of all.entries()) record(process, 'invoke', mops.map(asked));
  for (const [process, mops] of all.entries()) record(process, 'ok', mops);
  return historyOf(entries);
}

/** The anomaly that the ring is. */
export function nameOfRing(kinds: readonly RingKind[]): string {
  const isRw = (at: number) => kinds[at % kinds.length] === 'rw';
  const missed = kinds.filter((kind) => kind === 'rw').length;
  if (missed === 0) return kinds.includes('wr') ? 'G1c' : 'G0';
  if (missed === 1) return 'G-single-item';
  return kinds.some((_, at) => isRw(at) && isRw(at + 1)) ? 'G2-item' : 'G-nonadjacent-item';
}
