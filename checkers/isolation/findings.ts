/** Anomalies as findings, in words: what a person reads of transactions, of contradictions, of cycles. */
import type { IsolationTransaction } from '../../src/core/isolation.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import type { Kind } from './read-transactions.ts';
import type { OddityName } from './levels/anomalies.ts';
import { entriesOf, mopKinds } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** An anomaly that is no cycle: its transactions, the one to look at first in front, and a sentence. */
export interface Oddity {
  readonly name: OddityName;
  readonly transactions: readonly number[];
  readonly says: string;
}

/** Collects oddities: all are counted, and the first few of each name are kept. */
export interface Oddities {
  add(name: OddityName, transactions: readonly number[], says: () => string): void;
  readonly counts: ReadonlyMap<OddityName, number>;
  readonly kept: readonly Oddity[];
}

export function oddityList(): Oddities {
  const counts = new Map<OddityName, number>();
  const kept: Oddity[] = [];
  return {
    add(name, transactions, says) {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count <= keptMax) kept.push({ name, transactions, says: says() });
    },
    counts,
    kept,
  };
}

const keptMax = 3;

/** Words for the columns of a history. */
export interface Words {
  /** `T12`, by the index of its invocation. */
  readonly name: (transaction: number) => string;
  readonly key: (key: number) => string;
  readonly value: (item: number) => string;
  /** What writing is called: `append`, `write`. */
  readonly verb: string;
  /** What a read found: `[1, 2]`, for a list. */
  readonly found: (mop: number) => string;
  readonly transaction: (transaction: number) => IsolationTransaction;
}

/** In the words of that kind of transactions. */
export function wordsOf(txns: Transactions, { isList, write }: Kind): Words {
  const verb = write === 'w' ? 'write' : write;
  const value = (item: number) => describeAtom(txns.itemValues[item]!);
  const key = (number: number) => describeAtom(txns.keyNames[number]!);
  const found = (mop: number) => {
    const [at, length] = [txns.mopAt[mop]!, txns.mopLength[mop]!];
    if (!isList) return length === 0 ? 'nothing' : value(txns.found[at]!);
    const shown = Array.from(txns.found.subarray(at, at + length), value);
    return shown.length <= shownMax
      ? `[${shown.join(', ')}]`
      : `[${shown[0]}, … ${shown.slice(1 - shownMax).join(', ')}]`;
  };
  const mopSays = (mop: number) => {
    const of = key(txns.mopKey[mop]!);
    if (txns.mopKind[mop] === mopKinds.write) return `${verb} ${of} ${value(txns.mopAt[mop]!)}`;
    return txns.mopKind[mop] === mopKinds.read ? `read ${of} → ${found(mop)}` : `read ${of}`;
  };
  return {
    name: (t) => `T${entriesOf(txns, t)[0]!}`,
    key,
    value,
    found,
    verb,
    transaction: (t) => ({
      invokeIndex: entriesOf(txns, t)[0]!,
      completeIndex: entriesOf(txns, t)[1],
      process: txns.processNames[txns.process[t]!]!,
      outcome: (['ok', 'fail', 'info'] as const)[txns.outcome[t]!]!,
      says: Array.from({ length: txns.first[t + 1]! - txns.first[t]! }, (_, place) =>
        mopSays(txns.first[t]! + place),
      ).join(' · '),
    }),
  };
}

const shownMax = 12;
