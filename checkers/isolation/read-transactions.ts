/** Makes columns of a history. Two passes: one to know how large they are, one to fill them. */
import { dataError } from '../../src/core/errors.ts';
import type { Entry } from '../../src/core/history/entry.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import { mopsOf, outcomeOf, pairEntries } from './entries.ts';
import type { Mop, PairedEntries } from './entries.ts';
import { items } from './items.ts';
import type { Items } from './items.ts';
import type { Meter } from './meter.ts';
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
  const columns = filled(paired, kind, sizesOf(paired, kind, meter), meter);
  const table = columns.table;
  meter.take(table.values.length * (4 + 4 + 8 + 8));
  const { writerMop, writer } = writersOf(columns, table, paired);
  return { ...columns.all, ...processesOf(paired), ...itemsOf(table), writerMop, writer };
}

const itemsOf = ({ keyNames, values, keys }: Items) => ({
  keyNames,
  itemCount: values.length,
  itemValues: values,
  itemKeys: keys,
});

interface Sizes {
  readonly mops: number;
  readonly found: number;
}

function sizesOf({ invocations, completions }: PairedEntries, kind: Kind, meter: Meter): Sizes {
  let mops = 0;
  let found = 0;
  for (let t = 0; t < invocations.length; t++) {
    const completion = completions[t];
    const list = mopsOf(invocations[t]!, completion);
    meter.step(list.length);
    mops += list.length;
    const outcome = outcomeOf(completion);
    for (let i = 0; i < list.length; i++) {
      const mop = list[i]!;
      if (mop[0] === 'r' && !isSilent(mop[2], outcome)) found += kind.found(mop[2])?.length ?? 0;
    }
  }
  meter.take(invocations.length * 4 * 5 + mops * 13 + found * 4);
  return { mops, found };
}

/** Only an `ok` can say that a read found nothing; elsewhere null stands for an answer that never came. */
const isSilent = (answer: unknown, outcome: number): boolean =>
  outcome !== outcomes.ok && (answer === null || answer === undefined);

type Columns = ReturnType<typeof columnsOf>;

const columnsOf = (count: number, { mops, found }: Sizes) => ({
  count,
  outcome: new Uint8Array(count),
  invoke: new Int32Array(count),
  complete: new Int32Array(count),
  first: new Int32Array(count + 1),
  mopKind: new Uint8Array(mops),
  mopKey: new Int32Array(mops),
  mopAt: new Int32Array(mops),
  mopLength: new Int32Array(mops),
  found: new Int32Array(found),
});

function filled(paired: PairedEntries, kind: Kind, sizes: Sizes, meter: Meter) {
  const { invocations, completions } = paired;
  const all = columnsOf(invocations.length, sizes);
  const table = items();
  let mop = 0;
  let at = 0;
  for (let t = 0; t < all.count; t++) {
    const invocation = invocations[t]!;
    const completion = completions[t];
    all.outcome[t] = outcomeOf(completion);
    all.invoke[t] = invocation.index;
    all.complete[t] = completion?.index ?? -1;
    const list = mopsOfChecked(invocation, completion);
    for (let i = 0; i < list.length; i++, mop++) {
      const from = at;
      const foundValues = fillMop(all, table, mop, list[i]!, kind, t);
      if (foundValues === undefined) continue;
      const key = all.mopKey[mop]!;
      for (let j = 0; j < foundValues.length; j++)
        all.found[at++] = table.itemOf(key, foundValues[j]);
      all.mopAt[mop] = from;
      all.mopLength[mop] = foundValues.length;
      meter.step(foundValues.length);
    }
    all.first[t + 1] = mop;
  }
  return { all, table };
}

/** Returns what it found, if it is a read that says something. */
function fillMop(all: Columns, table: Items, mop: number, said: Mop, kind: Kind, t: number) {
  const f = said[0];
  const key = table.keyOf(said[1]);
  all.mopKey[mop] = key;
  if (f === kind.write) {
    if (!kind.isList && (said[2] === null || said[2] === undefined))
      throw dataError(
        `entry ${all.invoke[t]!}: writes null, which is what a read finds of nothing`,
      );
    all.mopKind[mop] = mopKinds.write;
    all.mopAt[mop] = table.itemOf(key, said[2]);
    return undefined;
  }
  if (f !== 'r') throw dataError(`entry ${all.invoke[t]!}: ${f} is neither ${kind.write} nor r`);
  if (isSilent(said[2], all.outcome[t]!)) {
    all.mopKind[mop] = mopKinds.silent;
    return undefined;
  }
  const values = kind.found(said[2]);
  if (values === undefined)
    throw dataError(
      `entry ${all.complete[t]!}: a read of ${describeAtom(table.keyNames[key]!)} cannot answer ${JSON.stringify(said[2])}`,
    );
  all.mopKind[mop] = mopKinds.read;
  return values;
}

/** The same as `mopsOf`, which the first pass has already found right. */
function mopsOfChecked(invocation: Entry, completion: Entry | undefined): readonly Mop[] {
  const answers = completion !== undefined && outcomeOf(completion) !== outcomes.fail;
  return (
    answers && Array.isArray(completion.value) ? completion.value : invocation.value
  ) as readonly Mop[];
}

function writersOf(
  { all }: ReturnType<typeof filled>,
  { values, keys, keyNames }: Items,
  { invocations }: PairedEntries,
) {
  const writerMop = new Int32Array(values.length).fill(-1);
  const writer = new Int32Array(values.length).fill(-1);
  for (let t = 0; t < all.count; t++)
    for (let mop = all.first[t]!; mop < all.first[t + 1]!; mop++) {
      if (all.mopKind[mop] !== mopKinds.write) continue;
      const item = all.mopAt[mop]!;
      if (writer[item]! >= 0)
        throw dataError(
          `entry ${invocations[t]!.index}: writes ${describeAtom(values[item]!)} to key ${describeAtom(keyNames[keys[item]!]!)}, as entry ${invocations[writer[item]!]!.index} does; values must be unique for a key`,
        );
      writerMop[item] = mop;
      writer[item] = t;
    }
  return { writerMop, writer };
}

function processesOf({ invocations }: PairedEntries) {
  const numbers = new Map<Entry['process'], number>();
  const process = new Int32Array(invocations.length);
  for (let t = 0; t < invocations.length; t++) {
    const name = invocations[t]!.process;
    let number = numbers.get(name);
    if (number === undefined) numbers.set(name, (number = numbers.size));
    process[t] = number;
  }
  return { process, processNames: [...numbers.keys()] };
}
