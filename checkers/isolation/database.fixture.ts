/**
 * A simulated database of lists or registers whose isolation is chosen, and clients that run random transactions on it one micro-operation at a
 * time, interleaved by a seed. What it records keeps the level that it is made for, and mostly no stronger one.
 */
import type { Entry, EntryType, History } from '../../src/core/history/entry.ts';
import type { Random } from '../../src/core/random.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';

/** Each as the name says; `serializable` lets transactions that only read see an old state. */
export type Isolation =
  | 'strict-serializable'
  | 'serializable'
  | 'snapshot-isolation'
  | 'read-committed'
  | 'read-uncommitted';

export interface DatabaseOptions {
  readonly isolation: Isolation;
  readonly shape: 'list' | 'register';
  readonly transactions: number;
  readonly clients: number;
  readonly keys: number;
  readonly mopsMax: number;
  /** Of a hundred transactions, how many end unknown, having happened or not. */
  readonly unknownPercent?: number;
  /** Whether transactions read each key before they write it. */
  readonly readsFirst?: boolean;
  /** After how many writes a key is replaced by a new one; never, if absent. */
  readonly writesPerKey?: number;
  /** Whether what a transaction did is there some time before its client hears of it. */
  readonly answersLate?: boolean;
}

type Mop = [f: string, key: number, value: unknown];
type Value = number[];

interface Open {
  readonly process: number;
  readonly mops: Mop[];
  readonly asked: readonly Mop[];
  readonly snapshot: number;
  readonly written: Map<number, Value>;
  done: number;
  /** Once it has happened, or not. */
  ended: EntryType | undefined;
}

export function simulate(options: DatabaseOptions, random: Random): History {
  const entries: Entry[] = [];
  const record = (process: number, type: EntryType, value: unknown) =>
    entries.push({
      index: entries.length,
      timeNs: entries.length,
      process,
      type,
      f: 'txn',
      value,
    });
  const store = versionedStore();
  const workload = workloadOf(options, random);
  const open = new Map<number, Open>();
  const names = Array.from({ length: options.clients }, (_, client) => client);
  for (let begun = 0; begun < options.transactions || open.size > 0;) {
    const client = random.integer(0, options.clients - 1);
    const running = open.get(client);
    if (running === undefined) {
      if (begun++ >= options.transactions) continue;
      const mops = workload();
      const asked = mops.map((mop): Mop => [...mop]);
      record(names[client]!, 'invoke', asked);
      const snapshot = snapshotFor(options.isolation, mops, store.now(), random);
      const written = new Map<number, Value>();
      open.set(client, {
        process: names[client]!,
        mops,
        asked,
        snapshot,
        written,
        done: 0,
        ended: undefined,
      });
    } else if (running.done < running.mops.length && mayStep(running, options, open)) {
      step(running, options, store);
    } else if (running.ended === undefined && options.answersLate === true) {
      running.ended = finish(running, options, store, random);
    } else {
      const type = running.ended ?? finish(running, options, store, random);
      record(running.process, type, type === 'ok' ? running.mops : running.asked);
      if (type === 'info') names[client] = names[client]! + options.clients;
      open.delete(client);
    }
  }
  return historyOf(entries);
}

/** Where there are no snapshots, a transaction that wants to write what an open one has written gives up. */
function mayStep({ mops, done }: Open, { isolation }: DatabaseOptions, open: Map<number, Open>) {
  if (isAtomic(isolation)) return false;
  const [f, key] = mops[done]!;
  if (isolation !== 'read-committed' || f === 'r') return true;
  return [...open.values()].every((other) => other.mops === mops || !other.written.has(key));
}

const isAtomic = (isolation: Isolation) =>
  isolation === 'strict-serializable' || isolation === 'serializable';

function snapshotFor(isolation: Isolation, mops: readonly Mop[], now: number, random: Random) {
  const readsOnly = mops.every(([f]) => f === 'r');
  return isolation === 'serializable' && readsOnly ? random.integer(0, now) : now;
}

/** All states that there ever were, by the number of the commit. */
function versionedStore() {
  const histories = new Map<number, { at: number; value: Value }[]>();
  let clock = 0;
  const last = (key: number) => histories.get(key)?.at(-1);
  return {
    now: () => clock,
    changedSince: (key: number, at: number) => (last(key)?.at ?? 0) > at,
    read: (key: number, at = clock): Value =>
      histories.get(key)?.findLast((each) => each.at <= at)?.value ?? [],
    commit(written: ReadonlyMap<number, Value>) {
      if (written.size > 0) clock++;
      for (const [key, value] of written) {
        const history = histories.get(key) ?? [];
        histories.set(key, [...history, { at: clock, value }]);
      }
    },
  };
}

type Store = ReturnType<typeof versionedStore>;

/** One micro-operation, by what its level lets it see. */
function step(open: Open, { isolation, shape }: DatabaseOptions, store: Store, at?: number): void {
  const mop = open.mops[open.done++]!;
  const [f, key, value] = mop;
  const seen = open.written.get(key) ?? store.read(key, at ?? snapshotOf(open, isolation, store));
  if (f === 'r') {
    mop[2] = shape === 'list' ? [...seen] : (seen.at(-1) ?? null);
    return;
  }
  const next = shape === 'list' ? [...seen, value as number] : [value as number];
  if (isolation === 'read-uncommitted') store.commit(new Map([[key, next]]));
  else open.written.set(key, next);
}

const snapshotOf = (open: Open, isolation: Isolation, store: Store): number =>
  isolation === 'snapshot-isolation' ? open.snapshot : store.now();

function finish(open: Open, options: DatabaseOptions, store: Store, random: Random): EntryType {
  const { isolation, unknownPercent = 0 } = options;
  const readsOnly = open.mops.every(([f]) => f === 'r');
  if (open.done < open.mops.length && !isAtomic(isolation)) return 'fail';
  if (isAtomic(isolation))
    while (open.done < open.mops.length)
      step(open, options, store, readsOnly ? open.snapshot : store.now());
  const unknown = random.integer(1, 100) <= unknownPercent;
  if (unknown && random.chance(0.5)) return 'info';
  if (isolation === 'snapshot-isolation')
    for (const key of open.written.keys())
      if (store.changedSince(key, open.snapshot)) return 'fail';
  store.commit(open.written);
  return unknown ? 'info' : 'ok';
}

/** Draws transactions; the values of a key count up. */
function workloadOf(options: DatabaseOptions, random: Random) {
  const { shape, keys, mopsMax, writesPerKey, readsFirst = false } = options;
  const names = Array.from({ length: keys }, (_, key) => key);
  const written = new Map<number, number>();
  let nextKey = keys;
  const mop = (): Mop[] => {
    const place = random.integer(0, keys - 1);
    const key = names[place]!;
    if (random.chance(0.5)) return [['r', key, null]];
    const value = (written.get(key) ?? 0) + 1;
    written.set(key, value);
    if (value === writesPerKey) names[place] = nextKey++;
    const write: Mop = [shape === 'list' ? 'append' : 'w', key, value];
    return readsFirst ? [['r', key, null], write] : [write];
  };
  return (): Mop[] => Array.from({ length: random.integer(1, mopsMax) }, mop).flat();
}
