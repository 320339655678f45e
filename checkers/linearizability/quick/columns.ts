/**
 * A history of registers in columns: one pass over the entries pairs them, reads each operation by the model, and keeps
 * whole numbers only, so that a million operations take tens of megabytes and no time to speak of.
 *
 * Only what says its whole meaning by its effect fits in here. For anything else there are no columns, nor for what is
 * wrong with a history: the slower way (problem.ts) finds it again, and says what and where.
 */
import { DspError } from '../../../src/core/errors.ts';
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../../src/core/history/entry-columns.ts';
import { isClient } from '../../../src/core/history/entry.ts';
import type { Key } from '../../../src/core/history/entry.ts';
import { operationAt } from '../../../src/core/history/operation.ts';
import type { Patience } from '../../claims/patience.ts';
import type { Model } from '../model.ts';
import { meaningOf } from '../problem.ts';
import { numberOf, numbering } from '../../../src/core/numbering.ts';
import type { Numbering } from '../../../src/core/numbering.ts';

/** Operations are numbered by their invocations. */
export interface Columns {
  readonly count: number;
  /** The keys, by the numbers of their objects. */
  readonly keys: readonly (Key | undefined)[];
  readonly objectOf: Int32Array;
  /** Places in the list of entries; -1 for no completion. */
  readonly invokedAt: Int32Array;
  readonly completedAt: Int32Array;
  readonly role: Uint8Array;
  /** The values that an operation needs, forbids and leaves, by their numbers: -1 for none, 0 is the initial one. */
  readonly needs: Int32Array;
  readonly forbids: Int32Array;
  readonly leaves: Int32Array;
  readonly values: number;
  /** By place: the operation that is invoked there, the complement (`~`) of the one that completes, or `noEvent`. */
  readonly events: Int32Array;
  readonly okCount: number;
}

/** It says nothing: it did not happen, or only read and nobody knows what. */
export const silent = 0;
/** It may have happened. */
export const optional = 1;
/** It did. */
export const required = 2;

export const noEvent = -(2 ** 31);

/** Undefined for what does not fit into columns. Throws `BudgetEnded`. */
export function columnsOf(
  entries: EntryColumns,
  model: Model,
  failedIsEvidence: boolean,
  patience: Patience,
): Columns | undefined {
  if (!model.effect || model.equal || model.partition) return undefined;
  const values = numbering<unknown>();
  numberOf<unknown>(values, model.initial);
  const read = formReader(
    entries,
    model,
    values,
    effectReader(entries, model, values, failedIsEvidence),
  );
  try {
    const columns = filledColumns(entries, read, patience);
    return columns && { ...columns, values: values.values.length };
  } catch (thrown) {
    if (thrown instanceof DspError) return undefined;
    throw thrown;
  }
}

type Paired = Omit<Columns, 'values'>;
type Mutable = { -readonly [K in keyof Paired]: Paired[K] };

/** False when an operation has no effect that can be written down. `completed` is -1 for no completion. */
type Read = (columns: Paired, number: number, invoked: number, completed: number) => boolean;

/** Reads each operation where it is invoked: what is written goes from the beginning of each column to its end. */
function filledColumns(entries: EntryColumns, read: Read, patience: Patience): Paired | undefined {
  const { length, type, process, key, completion } = entries;
  if (completion === undefined) return undefined;
  let operations = 0;
  for (let place = 0; place < length; place++) if (type[place] === invoke) operations++;
  patience.takeMemory(bytesPerOperation * operations + bytesPerEntry * length);
  const keys: (Key | undefined)[] = [];
  /** By the number of its key and one. */
  const objects = new Int32Array(entries.keys.length + 1).fill(-1);
  const columns = emptyColumns(length, operations, keys);
  const { events, objectOf, invokedAt, completedAt, needs, forbids, leaves } = columns;
  const isOfClient = Uint8Array.from(entries.processes, (each) => (isClient(each) ? 1 : 0));
  let count = 0;
  for (let place = 0; place < length; place++) {
    patience.tick();
    if (isOfClient[process[place]!] === 0) events[place] = noEvent;
    else if (type[place] === invoke) {
      const object = key[place]! + 1;
      if (objects[object]! < 0) objects[object] = keys.push(entries.keys[object - 1]) - 1;
      const completed = completion[place]!;
      objectOf[count] = objects[object]!;
      invokedAt[count] = place;
      completedAt[count] = completed;
      needs[count] = forbids[count] = leaves[count] = -1;
      events[place] = count;
      if (completed >= 0) {
        events[completed] = ~count;
        if (type[completed] === ok) columns.okCount++;
      }
      if (!read(columns, count, place, completed)) return undefined;
      count++;
    }
  }
  return { ...columns, count };
}

const { invoke, ok, info } = typeNumbers;

/** Columns, and what passes over them need for a while. */
const bytesPerOperation = 64;
const bytesPerEntry = 12;

/** Some invocations may be none of clients': what is beyond `count` is never looked at. */
function emptyColumns(
  entries: number,
  length: number,
  keys: readonly (Key | undefined)[],
): Mutable {
  return {
    count: 0,
    keys,
    objectOf: new Int32Array(length),
    invokedAt: new Int32Array(length),
    completedAt: new Int32Array(length),
    role: new Uint8Array(length),
    needs: new Int32Array(length),
    forbids: new Int32Array(length),
    leaves: new Int32Array(length),
    events: new Int32Array(entries),
    okCount: 0,
  };
}

function effectReader(
  entries: EntryColumns,
  model: Model,
  values: Numbering<unknown>,
  failedIsEvidence: boolean,
): Read {
  return (columns, number, invoked, completed) => {
    const operation = operationAt(entries, invoked, completed);
    const call = meaningOf(model, operation, failedIsEvidence);
    if (call === undefined) return true;
    const effect = model.effect!(call);
    if (effect === undefined) return false;
    const isReadOnly = model.readOnly?.(call) ?? false;
    if (operation.outcome === 'info' && isReadOnly) return true;
    columns.role[number] = operation.outcome === 'info' ? optional : required;
    if ('needs' in effect) columns.needs[number] = numberOf(values, effect.needs);
    if ('forbids' in effect) columns.forbids[number] = numberOf(values, effect.forbids);
    if ('leaves' in effect && !isReadOnly) columns.leaves[number] = numberOf(values, effect.leaves);
    return true;
  };
}

/** Reads what has a form (model.ts) by it, and leaves to `others` what has none, or a value that is not plain. */
function formReader(
  { functions: names, type, f, value, values: said }: EntryColumns,
  { forms, functions }: Model,
  values: Numbering<unknown>,
  others: Read,
): Read {
  if (forms === undefined) return others;
  const formOf = names.map((name) => (functions.includes(name) ? forms[name] : undefined));
  /** By the number of what is said: its number here and one; 0 while nobody knows. */
  const known = new Int32Array(said.length);
  const plainNumber = (place: number): number => {
    const saying = value[place]!;
    const number = known[saying]!;
    if (number !== 0) return number - 1;
    const what = said[saying];
    return (known[saying] = isPlain(what) ? numberOf<unknown>(values, what) + 1 : notPlain + 1) - 1;
  };
  return (columns, number, invoked, completed) => {
    const form = formOf[f[invoked]!];
    const isKnown = completed >= 0 && type[completed] !== info;
    const isRight = !isKnown || type[completed] === ok;
    if (form === undefined || !isRight) return others(columns, number, invoked, completed);
    if (form === 'read') {
      if (!isKnown) return true;
      const answer = plainNumber(completed);
      if (answer === notPlain) return others(columns, number, invoked, completed);
      columns.needs[number] = answer;
    } else if (form === 'write') {
      const argument = plainNumber(invoked);
      if (argument === notPlain) return others(columns, number, invoked, completed);
      columns.leaves[number] = argument;
    } else {
      const pair = said[value[invoked]!];
      if (!isPlainPair(pair)) return others(columns, number, invoked, completed);
      const isReadOnly = pair[0] === pair[1];
      if (isReadOnly && !isKnown) return true;
      columns.needs[number] = numberOf(values, pair[0]);
      if (!isReadOnly) columns.leaves[number] = numberOf(values, pair[1]);
    }
    columns.role[number] = isKnown ? required : optional;
    return true;
  };
}

/** Stands for no number. */
const notPlain = -2;

type Plain = number | string;

/** A text that begins with a zero may stand for something else (values.ts). */
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'number' ? Number.isFinite(value) : isPlainText(value);

const isPlainText = (value: unknown): value is string =>
  typeof value === 'string' && value.charCodeAt(0) !== 0;

const isPlainPair = (value: unknown): value is readonly [Plain, Plain] =>
  Array.isArray(value) && value.length === 2 && isPlain(value[0]) && isPlain(value[1]);
