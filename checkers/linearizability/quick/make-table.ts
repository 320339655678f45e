/**
 * Makes a table of a history in columns, so that a million operations take tens of megabytes and no time to speak of.
 *
 * Only what says its whole meaning by its effect fits in here. For anything else there is no table, nor for what is
 * wrong with a history: the slower way (problem.ts) finds it again, and says what and where.
 */
import { DspError } from '../../../src/core/errors.ts';
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../../src/core/history/entry-columns.ts';
import { isClient } from '../../../src/core/history/entry.ts';
import type { Key } from '../../../src/core/history/entry.ts';
import { numberOf, numbering } from '../../../src/core/numbering.ts';
import type { Patience } from '../../claims/patience.ts';
import type { Model } from '../model.ts';
import { rowReader } from './row-reader.ts';
import type { RowReader } from './row-reader.ts';
import {
  atCompleted,
  atForbids,
  atInvoked,
  atLeaves,
  atNeeds,
  atObject,
  atRole,
  eventsBegin,
  required,
  rowLength,
  silent,
} from './table.ts';
import type { Table } from './table.ts';

/** Undefined for what does not fit into a table. Throws `BudgetEnded`. */
export function tableOf(
  entries: EntryColumns,
  model: Model,
  failedIsEvidence: boolean,
  patience: Patience,
): Table | undefined {
  if (!model.effect || model.equal || model.partition) return undefined;
  const values = numbering<unknown>();
  numberOf<unknown>(values, model.initial);
  const read = rowReader(entries, model, values, failedIsEvidence);
  try {
    const table = filled(entries, read, patience);
    return table && { ...table, values: values.values.length };
  } catch (thrown) {
    if (thrown instanceof DspError) return undefined;
    throw thrown;
  }
}

/** Reads each operation where it is invoked, into its row; its events go to those of its object as they come. */
function filled(
  entries: EntryColumns,
  read: RowReader,
  patience: Patience,
): Omit<Table, 'values'> | undefined {
  const { length, type, process, key, completion } = entries;
  if (completion === undefined) return undefined;
  const isOfClient = Uint8Array.from(entries.processes, (each) => (isClient(each) ? 1 : 0));
  const { count, keys, objectOf, begins } = countedObjects(entries, isOfClient);
  patience.takeMemory(bytesPerOperation * count + bytesPerEntry * length);
  const rows = new Int32Array(rowLength * count);
  const events = new Int32Array(2 * count);
  const next = begins.slice();
  const eventEnds = begins.map(eventsBegin);
  const requireds = new Int32Array(keys.length);
  /** By place: who returns there and one; 0 for nobody. */
  const returning = new Int32Array(length);
  let okCount = 0;
  for (let place = 0; place < length; place++) {
    patience.tick();
    if (type[place] !== invoke) {
      const number = returning[place]! - 1;
      if (number >= 0) events[eventEnds[rows[number + atObject]!]!++] = ~number;
      continue;
    }
    if (isOfClient[process[place]!] === 0) continue;
    const object = objectOf[key[place]! + 1]!;
    const completed = completion[place]!;
    const number = next[object]!;
    next[object]! += rowLength;
    rows[number + atNeeds] = rows[number + atForbids] = rows[number + atLeaves] = -1;
    rows[number + atInvoked] = place;
    rows[number + atCompleted] = completed;
    rows[number + atObject] = object;
    if (!read(rows, number, place, completed)) return undefined;
    if (completed >= 0 && type[completed] === ok) okCount++;
    const role = rows[number + atRole]!;
    if (role === silent) continue;
    events[eventEnds[object]!++] = number;
    if (role !== required) continue;
    requireds[object]!++;
    returning[completed] = number + 1;
  }
  return { count, keys, begins, required: requireds, eventEnds, events, rows, okCount };
}

/** The objects that clients ask of, by the numbers of their keys and one, and where each one's operations begin. */
function countedObjects(
  { length, type, process, key, keys: names }: EntryColumns,
  isOfClient: Uint8Array,
) {
  const keys: (Key | undefined)[] = [];
  const objectOf = new Int32Array(names.length + 1).fill(-1);
  const sizes = new Int32Array(names.length + 1);
  let count = 0;
  for (let place = 0; place < length; place++) {
    if (type[place] !== invoke || isOfClient[process[place]!] === 0) continue;
    const number = key[place]! + 1;
    if (objectOf[number]! < 0) objectOf[number] = keys.push(names[number - 1]) - 1;
    sizes[objectOf[number]!]!++;
    count++;
  }
  const begins = new Int32Array(keys.length + 1);
  for (let object = 0; object < keys.length; object++)
    begins[object + 1] = begins[object]! + rowLength * sizes[object]!;
  return { count, keys, objectOf, begins };
}

const { invoke, ok } = typeNumbers;

/** Rows and events, and what passes over them need for a while. */
const bytesPerOperation = 64;
const bytesPerEntry = 4;
