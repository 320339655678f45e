/** Makes columns of a history: one look at its entries to pair them, and one at its micro-operations. */
import { int32Array } from './arrays.ts';
import { dataError } from '../../src/core/errors.ts';
import type { Entry } from '../../src/core/history/entry.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import { answered, answersTo, listOf, mopOf, pairEntries } from './entries.ts';
import type { Mop } from './entries.ts';
import { items } from './items.ts';
import type { Items } from './items.ts';
import type { Meter } from './meter.ts';
import { mopColumns } from './mop-columns.ts';
import type { MopColumns } from './mop-columns.ts';
import { mopKinds, outcomes } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** How transactions of a kind write, and what their reads find. */
export interface Kind {
  /** `append`, `w`. */
  readonly write: string;
  /** Whether a read finds a list, or a single value. */
  readonly isList: boolean;
  /** The values that a read found, or undefined for an answer that no read of the kind can give. */
  found(answer: unknown): readonly unknown[] | undefined;
}

/** Throws a `data` error for anything that is no transaction of the kind, and for a value that is written twice. */
export function readTransactions(
  entries: readonly Entry[],
  kind: Kind,
  meter: Meter,
): Transactions {
  const paired = pairEntries(entries, meter);
  const { invoke, complete, outcome } = paired;
  const table = items(meter);
  const mops = mopColumns(meter);
  const first = int32Array(invoke.length + 1);
  for (let t = 0; t < invoke.length; t++) {
    const invocation = entries[invoke[t]!]!;
    const completion = complete[t]! < 0 ? undefined : entries[complete[t]!]!;
    const asked = listOf(invocation);
    const answers = answersTo(asked, invocation, completion);
    for (let i = 0; i < asked.length; i++) {
      let mop = mopOf(asked[i], invocation);
      if (answers !== undefined) mop = answered(mop, answers[i], invocation, completion!);
      const key = table.keyOf(mop[1]);
      if (mop[0] !== 'r') addWrite(mop, key, invocation, kind, table, mops);
      else if (answers === undefined || isSilent(mop[2], outcome[t]!))
        mops.add(mopKinds.silent, key, 0);
      else addRead(mop, key, completion!, kind, table, mops);
    }
    first[t + 1] = mops.size;
    meter.step(asked.length);
  }
  const columns = {
    ...paired,
    count: invoke.length,
    first,
    ...mops.columns(),
    keyNames: table.keyNames,
    itemCount: table.values.length,
    itemValues: table.values,
    itemKeys: table.keys,
  };
  return { ...columns, ...writersOf(columns) };
}

/** Only an `ok` can say that a read found nothing; elsewhere null stands for an answer that never came. */
const isSilent = (answer: unknown, outcome: number): boolean =>
  outcome !== outcomes.ok && (answer === null || answer === undefined);

function addWrite(
  mop: Mop,
  key: number,
  { index }: Entry,
  { write, isList }: Kind,
  table: Items,
  mops: MopColumns,
): void {
  if (mop[0] !== write) throw dataError(`entry ${index}: ${mop[0]} is neither ${write} nor r`);
  if (!isList && (mop[2] === null || mop[2] === undefined))
    throw dataError(`entry ${index}: writes null, which is what a read finds of nothing`);
  mops.add(mopKinds.write, key, table.itemOf(key, mop[2]));
}

function addRead(
  mop: Mop,
  key: number,
  { index }: Entry,
  kind: Kind,
  table: Items,
  mops: MopColumns,
): void {
  const values = kind.found(mop[2]);
  if (values === undefined)
    throw dataError(
      `entry ${index}: a read of ${describeAtom(table.keyNames[key]!)} cannot answer ${JSON.stringify(mop[2])}`,
    );
  const at = mops.addRead(key, values.length);
  table.itemsOf(key, values, mops.found, at);
}

type Written = Omit<Transactions, 'writer' | 'writerMop'>;

function writersOf(written: Written): Pick<Transactions, 'writer' | 'writerMop'> {
  const { count, first, mopKind, mopAt, itemCount, invoke } = written;
  const writerMop = int32Array(itemCount).fill(-1);
  const writer = int32Array(itemCount).fill(-1);
  for (let t = 0; t < count; t++)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] !== mopKinds.write) continue;
      const item = mopAt[mop]!;
      if (writer[item]! >= 0) throw writtenTwice(written, item, invoke[t]!, invoke[writer[item]!]!);
      writerMop[item] = mop;
      writer[item] = t;
    }
  return { writerMop, writer };
}

const writtenTwice = (
  { itemValues, itemKeys, keyNames }: Written,
  item: number,
  entry: number,
  earlier: number,
) =>
  dataError(
    `entry ${entry}: writes ${describeAtom(itemValues[item]!)} to key ${describeAtom(keyNames[itemKeys[item]!]!)}, as entry ${earlier} does; values must be unique for a key`,
  );
