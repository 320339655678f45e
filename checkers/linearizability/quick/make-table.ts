/**
 * Makes a table of a history in columns, so that a million operations take tens of megabytes and no time to speak of.
 *
 * Only what says its whole meaning by its effect fits in here. For anything else there is no table, nor for what is
 * wrong with a history: the slower way (problem.ts) finds it again, and says what and where.
 */
import { DspError } from '../../../src/core/errors.ts';
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns, PairedColumns } from '../../../src/core/history/entry-columns.ts';
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
  const count = paired.invoked.length;
  patience.takeMemory(bytesPerOperation * count);
  const values = numbering<unknown>();
  numberOf<unknown>(values, model.initial);
  const forbids = new Int32Array(count);
  const read = rowReader(entries, model, values, forbids, failedIsEvidence);
  try {
    const table = filled(entries, paired, read, patience);
    return table && { ...table, forbids, values: values.values.length };
  } catch (thrown) {
    if (thrown instanceof DspError) return undefined;
    throw thrown;
  }
}

/** Reads each operation into its row. Objects are numbered by the first mention of their keys. */
function filled(
  { type, key, keys }: EntryColumns,
  { invoked, completed, countOf }: PairedColumns,
  read: RowReader,
  patience: Patience,
): Omit<Table, 'forbids' | 'values'> | undefined {
  const count = invoked.length;
  const rows = new Int32Array(rowLength * count);
  /** By object, the number of its key and one. */
  const objects: number[] = [];
  const begins: number[] = [0];
  /** By the number of a key and one: where its next row begins and one, 0 for no object yet; and how many are required. */
  const next = new Int32Array(countOf.length);
  const required = new Int32Array(countOf.length);
  let okCount = 0;
  for (let operation = 0; operation < count; operation++) {
    patience.tick();
    const [from, to] = [invoked[operation]!, completed[operation]!];
    const ofKey = key[from]! + 1;
    if (next[ofKey] === 0) {
      const begin = begins[objects.length]!;
      objects.push(ofKey);
      begins.push(begin + rowLength * countOf[ofKey]!);
      next[ofKey] = begin + 1;
    }
    const number = next[ofKey]! - 1;
    next[ofKey]! += rowLength;
    rows[number + atNeeds] = rows[number + atLeaves] = -1;
    rows[number + atInvoked] = from;
    rows[number + atEnd] = silent;
    if (!read(rows, number, from, to)) return undefined;
    if (to >= 0 && type[to] === ok) okCount++;
    if (isRequired(rows, number)) required[ofKey]!++;
  }
  return {
    count,
    keys: objects.map((ofKey): Key | undefined => keys[ofKey - 1]),
    begins: Int32Array.from(begins),
    required: Int32Array.from(objects, (ofKey) => required[ofKey]!),
    rows,
    okCount,
  };
}

const { ok } = typeNumbers;

/** A row, and what passes over all of an object need for a while. */
const bytesPerOperation = 64;
