/** Makes columns of a history: one look at its entries to pair them, and one at its micro-operations. */
import { grown, int32Array } from './arrays.ts';
import { dataError } from '../../src/core/errors.ts';
import { columnsOfEntries, indexAt, typeNumbers } from '../../src/core/history/entry-columns.ts';
import type { EntryColumns, Recorded } from '../../src/core/history/entry-columns.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import { answered, answersTo, invocationOf, listOf, mopOf, pairEntries, wrong } from './entries.ts';
import { items } from './items.ts';
import type { Items } from './items.ts';
import type { Meter } from './meter.ts';
import { mopColumns } from './mop-columns.ts';
import type { MopColumns } from './mop-columns.ts';
import { mopKinds } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** How transactions of a kind write, and what their reads find. */
export interface Kind {
  /** `append`, `w`. */
  readonly write: string;
  /** Whether a read finds a list, or a single value; null is the empty list, or no value. */
  readonly isList: boolean;
}

/** Throws a `data` error for anything that is no transaction of the kind, and for a value that is written twice. */
export function readTransactions(history: Recorded, kind: Kind, meter: Meter): Transactions {
  const entries = columnsOf(history);
  const table = items(meter);
  const mops = mopColumns(entries.length, entries.length * (kind.isList ? listRoom : 1), meter);
  const writers = writerColumns();
  const first = int32Array(entries.length + 1);
  const reader = mopReader(kind, table, mops, writers, entries);
  const paired = pairEntries(
    entries,
    {
      begin(t, invoked) {
        const { length } = listOf(entries, invoked);
        first[t + 1] = first[t]! + length;
        mops.reserve(length);
        meter.step(length);
      },
      end: (t, invoked, completed) => reader(t, first[t]!, invoked, completed),
    },
    meter,
  );
  const count = paired.invoke.length;
  const itemCount = table.values.length;
  return {
    ...paired,
    count,
    first: first.subarray(0, count + 1),
    ...mops.columns(),
    keyNames: table.keyNames,
    itemCount,
    itemValues: table.values,
    itemKeys: table.keys.subarray(0, itemCount),
    ...writers.columns(itemCount),
  };
}

/** Made of its entries, where a history has none. */
function columnsOf(history: Recorded): EntryColumns {
  const made = history.columns ?? columnsOfEntries(history.entries);
  if (made === undefined)
    throw dataError(
      'indexes of entries must be whole numbers that grow, and each entry an invocation or a completion',
    );
  return made;
}

/** Puts the micro-operations of a transaction where they belong, from the number `mop` on. */
function mopReader(
  { write, isList }: Kind,
  table: Items,
  mops: MopColumns,
  writers: WriterColumns,
  entries: EntryColumns,
): (t: number, mop: number, invoked: number, completed: number) => void {
  const setWrite = (mop: number, key: number, value: unknown, invoked: number) => {
    if (!isList && isNothing(value))
      throw wrong(entries, invoked, 'writes null, which is what a read finds of nothing');
    const item = table.itemOf(key, value);
    mops.set(mop, mopKinds.write, key, item);
    return item;
  };
  const isTwice = (item: number, key: number, invoked: number, earlier: number) => {
    const what = `${describeAtom(table.values[item]!)} to key ${describeAtom(table.keyNames[key]!)}`;
    const writer = indexAt(entries, invocationOf(entries, earlier));
    return wrong(
      entries,
      invoked,
      `writes ${what}, as entry ${writer} does; values must be unique for a key`,
    );
  };
  const setRead = (mop: number, key: number, answer: unknown, completed: number) => {
    if (isNothing(answer)) {
      mops.setRead(mop, key, 0);
    } else if (!isList) {
      const item = table.itemOf(key, answer);
      const at = mops.setRead(mop, key, 1);
      mops.found[at] = item;
    } else if (Array.isArray(answer)) {
      const at = mops.setRead(mop, key, answer.length);
      table.itemsOf(key, answer, mops.found, at);
    } else {
      const of = describeAtom(table.keyNames[key]!);
      throw wrong(entries, completed, `a read of ${of} cannot answer ${JSON.stringify(answer)}`);
    }
  };
  return (t, firstMop, invoked, completed) => {
    const asked = listOf(entries, invoked);
    const answers = answersTo(entries, asked, invoked, completed);
    const isOk = completed >= 0 && entries.type[completed] === typeNumbers.ok;
    for (let i = 0; i < asked.length; i++) {
      let mop = mopOf(entries, asked[i], invoked);
      if (answers !== undefined) mop = answered(entries, mop, answers[i], invoked, completed);
      const key = table.keyOf(mop[1]);
      if (mop[0] === write) {
        const item = setWrite(firstMop + i, key, mop[2], invoked);
        const earlier = writers.set(item, t, firstMop + i);
        if (earlier >= 0) throw isTwice(item, key, invoked, earlier);
      } else if (mop[0] !== 'r')
        throw wrong(entries, invoked, `${mop[0]} is neither ${write} nor r`);
      // Only an `ok` can say that a read found nothing; elsewhere null stands for an answer that never came.
      else if (answers === undefined || (!isOk && isNothing(mop[2])))
        mops.set(firstMop + i, mopKinds.silent, key, 0);
      else setRead(firstMop + i, key, mop[2], completed);
    }
  };
}

/** For each entry, so that what long lists have is not copied again and again. */
const listRoom = 16;

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** Who wrote each item, in columns that grow with the items. */
interface WriterColumns {
  /** Returns the transaction that had written it before; -1 if none had. */
  set(item: number, transaction: number, mop: number): number;
  columns(itemCount: number): Pick<Transactions, 'writer' | 'writerMop'>;
}

function writerColumns(): WriterColumns {
  let writer = int32Array(0);
  let writerMop = int32Array(0);
  const makeRoom = (size: number) => {
    const room = Math.max(2 * writer.length, size, 1024);
    writer = grown(writer, int32Array(room).fill(-1));
    writerMop = grown(writerMop, int32Array(room).fill(-1));
  };
  return {
    set(item, transaction, mop) {
      if (item >= writer.length) makeRoom(item + 1);
      const earlier = writer[item]!;
      writer[item] = transaction;
      writerMop[item] = mop;
      return earlier;
    },
    columns(itemCount) {
      if (itemCount > writer.length) makeRoom(itemCount);
      return { writer: writer.subarray(0, itemCount), writerMop: writerMop.subarray(0, itemCount) };
    },
  };
}
