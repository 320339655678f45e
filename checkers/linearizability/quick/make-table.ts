/**
 * Makes a table of a history in columns, so that a million operations take tens of megabytes and no time to speak of.
 *
 * Only what says its whole meaning by its effect fits in here. For anything else there is no table, nor for what is
 * wrong with a history: the slower way (problem.ts) finds it again, and says what and where.
 */
import { DspError } from '../../../src/core/errors.ts';
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns, PairedColumns } from '../../../src/core/history/entry-columns.ts';
import { isClient } from '../../../src/core/history/entry.ts';
import type { Key } from '../../../src/core/history/entry.ts';
import { numberOf, numbering } from '../../../src/core/numbering.ts';
import type { Patience } from '../../claims/patience.ts';
import type { Model } from '../model.ts';
import { rowReader } from './row-reader.ts';
import type { RowReader } from './row-reader.ts';
import { atEnd, atInvoked, atLeaves, atNeeds, isRequired, rowLength, silent } from './table.ts';
import type { Table } from './table.ts';

/** Undefined for what does not fit into a table. Throws `BudgetEnded`. */
export function tableOf(
  entries: EntryColumns,
  model: Model,
  failedIsEvidence: boolean,
  patience: Patience,
): Table | undefined {
  if (!model.effect || model.equal || model.partition) return undefined;
  const { paired } = entries;
  if (paired === undefined) return undefined;
  patience.takeMemory(bytesPerOperation * paired.count);
  const values = numbering<unknown>();
  numberOf<unknown>(values, model.initial);
  const forbids = new Int32Array(paired.count);
  const read = rowReader(entries, model, values, forbids, failedIsEvidence);
  try {
    const table = filled(entries, paired, read, patience);
    return table && { ...table, forbids, values: values.values.length };
  } catch (thrown) {
    if (thrown instanceof DspError) return undefined;
    throw thrown;
  }
}

/** Reads each operation, where it is invoked, into its row. Objects are numbered by the first mention of their keys. */
function filled(
  { length, type, process, processes, key, keys: names }: EntryColumns,
  { count, countOf, completion }: PairedColumns,
  read: RowReader,
  patience: Patience,
): Omit<Table, 'forbids' | 'values'> | undefined {
  const isOfClient = Uint8Array.from(processes, (each) => (isClient(each) ? 1 : 0));
  const keys: (Key | undefined)[] = [];
  const begins: number[] = [0];
  const requireds: number[] = [];
  const rows = new Int32Array(rowLength * count);
  /** By the number of a key and one: its object and one, 0 for none yet, and where its next row begins. */
  const objectOf = new Int32Array(countOf.length);
  const next = new Int32Array(countOf.length);
  let okCount = 0;
  for (let place = 0; place < length; place++) {
    if (type[place] !== invoke || isOfClient[process[place]!] === 0) continue;
    patience.tick();
    const ofKey = key[place]! + 1;
    if (objectOf[ofKey] === 0) {
      objectOf[ofKey] = keys.push(names[ofKey - 1]);
      next[ofKey] = begins.at(-1)!;
      begins.push(next[ofKey] + rowLength * countOf[ofKey]!);
      requireds.push(0);
    }
    const object = objectOf[ofKey]! - 1;
    const completed = completion[place]!;
    const number = next[ofKey]!;
    next[ofKey]! += rowLength;
    rows[number + atNeeds] = rows[number + atLeaves] = -1;
    rows[number + atInvoked] = place;
    rows[number + atEnd] = silent;
    if (!read(rows, number, place, completed)) return undefined;
    if (completed >= 0 && type[completed] === ok) okCount++;
    if (isRequired(rows, number)) requireds[object]!++;
  }
  return {
    count,
    keys,
    begins: Int32Array.from(begins),
    required: Int32Array.from(requireds),
    rows,
    okCount,
  };
}

const { invoke, ok } = typeNumbers;

/** A row, and what passes over all of an object need for a while. */
const bytesPerOperation = 64;
