/**
 * Small histories in which anything may have been read: each key has an order of versions drawn at random, of which every read shows some
 * beginning, or, of a register, some version. All anomalies come up, alone and together.
 */
import type { Entry, EntryType, History } from '../../src/core/history/entry.ts';
import type { Random } from '../../src/core/random.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';

export interface RandomHistoryOptions {
  readonly shape: 'list' | 'register';
  readonly transactions: number;
  readonly clients: number;
  readonly keys: number;
  readonly mopsMax: number;
  /** Of a hundred transactions, how many end in `info`, and how many in `fail`. */
  readonly unknownPercent?: number;
  readonly failedPercent?: number;
}

type Mop = [f: string, key: number, value: unknown];

export function randomHistory(options: RandomHistoryOptions, random: Random): History {
  const { transactions, clients, keys, mopsMax, shape } = options;
  const { unknownPercent = 0, failedPercent = 0 } = options;
  const written = Array.from({ length: keys }, (): number[] => []);
  const txns = Array.from({ length: transactions }, () => ({
    type: typeOf(random.integer(1, 100), unknownPercent, failedPercent),
    mops: Array.from({ length: random.integer(1, mopsMax) }, (): Mop => {
      const key = random.integer(0, keys - 1);
      if (random.chance(0.5)) return ['r', key, null];
      const value = written[key]!.push(written[key]!.length + 1);
      return [shape === 'list' ? 'append' : 'w', key, value];
    }),
  }));
  const orders = written.map((values) => (random.chance(0.5) ? random.shuffle(values) : values));
  const answered = (mops: readonly Mop[]) =>
    mops.map((mop): Mop => {
      const [f, key] = mop;
      const length = random.integer(0, orders[key]!.length);
      const seen = orders[key]!.slice(0, length);
      return f === 'r' ? [f, key, shape === 'list' ? seen : (seen.at(-1) ?? null)] : mop;
    });
  const entries: Entry[] = [];
  const record = (process: number, type: EntryType, value: unknown) =>
    entries.push({ index: entries.length, timeNs: entries.length, process, type, f: 'txn', value });
  const open = new Map<number, (typeof txns)[number]>();
  const names = Array.from({ length: clients }, (_, client) => client);
  for (let begun = 0; begun < txns.length || open.size > 0;) {
    const client = random.integer(0, clients - 1);
    const running = open.get(client);
    if (running === undefined) {
      if (begun === txns.length) continue;
      open.set(client, txns[begun]!);
      record(names[client]!, 'invoke', txns[begun++]!.mops);
    } else {
      const { type, mops } = running;
      record(names[client]!, type, type === 'ok' ? answered(mops) : mops);
      if (type === 'info') names[client] = names[client]! + clients;
      open.delete(client);
    }
  }
  return historyOf(entries);
}

const typeOf = (percent: number, unknown: number, failed: number): EntryType =>
  percent <= unknown ? 'info' : percent <= unknown + failed ? 'fail' : 'ok';
