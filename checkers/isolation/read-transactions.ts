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
    for (const [f, , answer] of list)
      if (f === 'r' && !isSilent(answer, outcomeOf(completion)))
        found += kind.found(answer)?.length ?? 0;
  }
  meter.take(invocations.length * 4 * 5 + mops * 13 + found * 4);
  return { mops, found };
}

/** Only an `ok` can say that a read found nothing; elsewhere null stands for an answer that never came. */
const isSilent = (answer: unknown, outcome: number): boolean =>
  outcome !== outcomes.ok && (answer === null || answer === undefined);

function filled(paired: PairedEntries, kind: Kind, sizes: Sizes, meter: Meter) {
  const { invocations, completions } = paired;
  const count = invocations.length;
  const all = {
    count,
    outcome: new Uint8Array(count),
    invoke: new Int32Array(count),
    complete: new Int32Array(count),
    first: new Int32Array(count + 1),
    mopKind: new Uint8Array(sizes.mops),
    mopKey: new Int32Array(sizes.mops),
    mopAt: new Int32Array(sizes.mops),
    mopLength: new Int32Array(sizes.mops),
    found: new Int32Array(sizes.found),
  };
  const table = items();
  let mop = 0;
  let at = 0;
  for (let t = 0; t < count; t++) {
    const invocation = invocations[t]!;
    const completion = completions[t];
    const outcome = outcomeOf(completion);
    all.outcome[t] = outcome;
    all.invoke[t] = invocation.index;
    all.complete[t] = completion?.index ?? -1;
    for (const [f, name, value] of outcome === outcomes.fail || completion === undefined
      ? (invocation.value as readonly Mop[])
      : mopsOfChecked(invocation, completion)) {
      const key = table.keyOf(name);
      all.mopKey[mop] = key;
      if (f === kind.write) {
        all.mopKind[mop] = mopKinds.write;
        all.mopAt[mop] = table.itemOf(key, value);
      } else if (f !== 'r') {
        throw dataError(`entry ${invocation.index}: ${f} is neither ${kind.write} nor r`);
      } else if (isSilent(value, outcome)) {
        all.mopKind[mop] = mopKinds.silent;
      } else {
        const values = kind.found(value);
        if (values === undefined)
          throw dataError(
            `entry ${(completion ?? invocation).index}: a read of ${describeAtom(table.keyNames[key]!)} cannot answer ${JSON.stringify(value)}`,
          );
        all.mopKind[mop] = mopKinds.read;
        all.mopAt[mop] = at;
        all.mopLength[mop] = values.length;
        for (let i = 0; i < values.length; i++) all.found[at++] = table.itemOf(key, values[i]);
        meter.step(values.length);
      }
      mop++;
    }
    all.first[t + 1] = mop;
  }
  return { all, table };
}

/** The same as `mopsOf`, which the first pass has already found right. */
const mopsOfChecked = (invocation: Entry, completion: Entry): readonly Mop[] =>
  (Array.isArray(completion.value) ? completion.value : invocation.value) as readonly Mop[];

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
