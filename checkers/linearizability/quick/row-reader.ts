/** Reads operations into the rows of a table, by the forms of a model's functions or by the effects of its calls. */
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../../src/core/history/entry-columns.ts';
import { operationAt } from '../../../src/core/history/operation.ts';
import { numberOf } from '../../../src/core/numbering.ts';
import type { Numbering } from '../../../src/core/numbering.ts';
import type { Form, Model } from '../model.ts';
import { meaningOf } from '../problem.ts';
import { atEnd, atLeaves, atNeeds, optionalEnd, rowOf } from './table.ts';

/** Puts into a row that is silent what an operation says; false when that cannot be written down. `completed` is -1 for no completion. */
export type RowReader = (
  rows: Int32Array,
  number: number,
  invoked: number,
  completed: number,
) => boolean;

/** One that numbers values as it meets them, and puts what is forbidden where a table has it. It throws a `data` error for what the model cannot read. */
export const rowReader = (
  entries: EntryColumns,
  model: Model,
  values: Numbering<unknown>,
  forbids: Int32Array,
  failedIsEvidence: boolean,
): RowReader =>
  formReader(
    entries,
    model,
    values,
    effectReader(entries, model, values, forbids, failedIsEvidence),
  );

const { ok, info } = typeNumbers;

function effectReader(
  entries: EntryColumns,
  model: Model,
  values: Numbering<unknown>,
  forbids: Int32Array,
  failedIsEvidence: boolean,
): RowReader {
  return (rows, number, invoked, completed) => {
    const operation = operationAt(entries, invoked, completed);
    const call = meaningOf(model, operation, failedIsEvidence);
    if (call === undefined) return true;
    const effect = model.effect!(call);
    if (effect === undefined) return false;
    const isReadOnly = model.readOnly?.(call) ?? false;
    if (operation.outcome === 'info' && isReadOnly) return true;
    rows[number + atEnd] = operation.outcome === 'info' ? optionalEnd(completed) : completed;
    if ('needs' in effect) rows[number + atNeeds] = numberOf(values, effect.needs);
    if ('forbids' in effect) forbids[rowOf(number)] = numberOf(values, effect.forbids) + 1;
    if ('leaves' in effect && !isReadOnly)
      rows[number + atLeaves] = numberOf(values, effect.leaves);
    return true;
  };
}

/**
 * Reads what has a form (model.ts) by it, and leaves to `others` what has none, or a value that is not plain. What differs
 * from form to form is in arrays: a processor cannot guess which of a random sequence comes next, and waits for each.
 */
function formReader(
  { functions: names, type, f, value, values: said }: EntryColumns,
  { forms, functions }: Model,
  values: Numbering<unknown>,
  others: RowReader,
): RowReader {
  if (forms === undefined) return others;
  const formOf = names.map((name) => (functions.includes(name) ? forms[name] : undefined));
  const isRead = Uint8Array.from(formOf, (form) => (form === 'read' ? 1 : 0));
  const kindOf = Uint8Array.from(formOf, kindIn);
  /** All bits are set, as of -1, of what a form does not do. */
  const needless = Int32Array.from(formOf, (form) => (form === 'write' ? -1 : 0));
  const leavesNothing = Int32Array.from(formOf, (form) => (form === 'read' ? -1 : 0));
  const { kind, from, to, isNumbered } = sayings(said, values);
  return (rows, number, invoked, completed) => {
    const end = completed < 0 ? info : type[completed]!;
    const form = f[invoked]!;
    if (end !== ok && (end !== info || isOfOne(said[value[invoked]!])))
      return others(rows, number, invoked, completed);
    if (end !== ok && isRead[form] === 1) return true;
    const saying = value[isRead[form] === 1 ? completed : invoked]!;
    if (kind[saying] !== kindOf[form] && !isNumbered(saying, kindOf[form]!))
      return others(rows, number, invoked, completed);
    rows[number + atNeeds] = from[saying]! | needless[form]!;
    rows[number + atLeaves] = to[saying]! | leavesNothing[form]!;
    rows[number + atEnd] = end === ok ? completed : optionalEnd(completed);
    return true;
  };
}

const kinds = { noForm: 1, plain: 2, pair: 3 } as const;

/** What an operation of a form says, and its answer if it reads. */
function kindIn(form: Form | undefined): number {
  if (form === undefined) return kinds.noForm;
  return form === 'compare-and-set' ? kinds.pair : kinds.plain;
}

/**
 * What is said, by its number, of what kind it is, and the numbers of its values. A plain value comes from itself and leads
 * to itself; a pair of the same leads nowhere, for that is a read.
 */
function sayings(said: readonly unknown[], values: Numbering<unknown>) {
  /** 0 while nobody asked for the kind that it is. */
  const kind = new Uint8Array(said.length);
  const from = new Int32Array(said.length);
  const to = new Int32Array(said.length);
  function isNumbered(saying: number, asked: number): boolean {
    const what = said[saying];
    if (asked === kinds.plain && isPlain(what)) {
      from[saying] = to[saying] = numberOf<unknown>(values, what);
    } else if (asked === kinds.pair && isPlainPair(what)) {
      from[saying] = numberOf<unknown>(values, what[0]);
      to[saying] = what[0] === what[1] ? -1 : numberOf<unknown>(values, what[1]);
    } else {
      return false;
    }
    kind[saying] = asked;
    return true;
  }
  return { kind, from, to, isNumbered };
}

/** From a value to itself is a read, and says nothing where nobody knows its end. */
const isOfOne = (pair: unknown): boolean => Array.isArray(pair) && pair[0] === pair[1];

type Plain = number | string;

/** A text that begins with a zero may stand for something else (values.ts). */
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'number' ? Number.isFinite(value) : isPlainText(value);

const isPlainText = (value: unknown): value is string =>
  typeof value === 'string' && value.charCodeAt(0) !== 0;

const isPlainPair = (value: unknown): value is readonly [Plain, Plain] =>
  Array.isArray(value) && value.length === 2 && isPlain(value[0]) && isPlain(value[1]);
