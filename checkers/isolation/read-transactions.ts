/** Makes columns of a history: one look at its entries to pair them, and one at its micro-operations. */
import { grown, int32Array, uint8Array } from './arrays.ts';
import { dataError } from '../../src/core/errors.ts';
import { columnsOfEntries, indexAt, typeNumbers } from '../../src/core/history/entry-columns.ts';
import type { EntryColumns, Recorded } from '../../src/core/history/entry-columns.ts';
import {
  isList,
  itemOfList,
  noValue,
  plainAt,
  sizeOfList,
  valueOf,
} from '../../src/core/history/lists.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import {
  answersTo,
  listAt,
  pairEntries,
  partOf,
  refuseOther,
  refuseStrange,
  wrong,
} from './entries.ts';
import { noneFound } from './found.ts';
import type { Found } from './found.ts';
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
  const paired = pairEntries(entries, meter);
  const { invoke, complete } = paired;
  const count = invoke.length;
  meter.take(5 * entries.values.length);
  const table = items(entries, meter);
  const found = noneFound(entries, table, meter);
  const mops = mopColumns(entries.length, meter);
  const writers = writerColumns();
  const read = mopReader(kind, table, found, mops, writers, entries, invoke);
  meter.take(4 * count);
  const first = int32Array(count + 1);
  for (let t = 0; t < count; t++) {
    const size = sizeOfList(entries.lists, listAt(entries, invoke[t]!));
    first[t + 1] = first[t]! + size;
    mops.reserve(size);
    meter.step(size);
    read(t, first[t]!, invoke[t]!, complete[t]!);
  }
  const itemCount = table.values.length;
  return {
    ...paired,
    index: entries.index,
    count,
    first,
    ...mops.columns(),
    found: found.items(),
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
  { write, isList: readsLists }: Kind,
  table: Items,
  found: Found,
  mops: MopColumns,
  writers: WriterColumns,
  entries: EntryColumns,
  invocations: Int32Array,
): (t: number, mop: number, invoked: number, completed: number) => void {
  const { lists, values, type } = entries;
  const isNothing = (value: number): boolean =>
    !isList(value) && (plainAt(values, value) ?? null) === null;
  const setWrite = (mop: number, key: number, value: number, invoked: number) => {
    if (!readsLists && isNothing(value))
      throw wrong(entries, invoked, 'writes null, which is what a read finds of nothing');
    const item = table.itemOf(key, value);
    mops.set(mop, mopKinds.write, key, item);
    return item;
  };
  const isTwice = (item: number, key: number, invoked: number, earlier: number) => {
    const what = `${describeAtom(table.values[item]!)} to key ${describeAtom(table.keyNames[key]!)}`;
    const writer = indexAt(entries, invocations[earlier]!);
    return wrong(
      entries,
      invoked,
      `writes ${what}, as entry ${writer} does; values must be unique for a key`,
    );
  };
  const setRead = (mop: number, key: number, answer: number, completed: number) => {
    if (isNothing(answer)) {
      mops.setRead(mop, key, 0, 0);
    } else if (!readsLists) {
      mops.setRead(mop, key, found.placeOfOne(table.itemOf(key, answer)), 1);
    } else if (isList(answer)) {
      mops.setRead(mop, key, found.placeOf(key, answer), sizeOfList(lists, answer));
    } else {
      const of = describeAtom(table.keyNames[key]!);
      const shown = JSON.stringify(values[answer]);
      throw wrong(entries, completed, `a read of ${of} cannot answer ${shown}`);
    }
  };
  /** By plain value: what it says to do, as a function's name; 0 while nobody asked. */
  const roleOf = uint8Array(values.length);
  const learnRole = (f: number): number =>
    (roleOf[f] =
      values[f] === write ? roles.write : values[f] === 'r' ? roles.read : roles.neither);
  return (t, firstMop, invoked, completed) => {
    const asked = listAt(entries, invoked);
    const answers = answersTo(entries, asked, invoked, completed);
    const isOk = completed >= 0 && type[completed] === typeNumbers.ok;
    const size = sizeOfList(lists, asked);
    for (let i = 0; i < size; i++) {
      let mop = itemOfList(lists, asked, i);
      refuseStrange(entries, mop, invoked);
      const f = itemOfList(lists, mop, 0);
      const role = f < 0 ? roles.neither : roleOf[f]! || learnRole(f);
      if (answers !== noValue) {
        const answer = itemOfList(lists, answers, i);
        refuseOther(entries, mop, role === roles.read ? 2 : 3, answer, invoked, completed);
        mop = answer;
      }
      const key = table.keyOf(itemOfList(lists, mop, 1));
      const value = partOf(entries, mop, 2);
      if (role === roles.write) {
        const item = setWrite(firstMop + i, key, value, invoked);
        const earlier = writers.set(item, t, firstMop + i);
        if (earlier >= 0) throw isTwice(item, key, invoked, earlier);
      } else if (role === roles.neither)
        throw wrong(
          entries,
          invoked,
          `${String(valueOf(values, lists, f))} is neither ${write} nor r`,
        );
      // Only an `ok` can say that a read found nothing; elsewhere null stands for an answer that never came.
      else if (answers === noValue || (!isOk && isNothing(value)))
        mops.set(firstMop + i, mopKinds.silent, key, 0);
      else setRead(firstMop + i, key, value, completed);
    }
  };
}

const roles = { write: 1, read: 2, neither: 3 } as const;

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
