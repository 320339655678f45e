/** Reads operations into the rows of a table, by the forms of a model's functions or by the effects of its calls. */
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../../src/core/history/entry-columns.ts';
import { isList, itemOfList, sizeOfList } from '../../../src/core/history/lists.ts';
import { operationAt } from '../../../src/core/history/operation.ts';
import { numberOf } from '../../../src/core/numbering.ts';
import type { Numbering } from '../../../src/core/numbering.ts';
import type { Model } from '../model.ts';
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
 * from form to form is in arrays where it can: a processor cannot guess which of a random sequence comes next.
 */
function formReader(
  { functions: names, type, f, value, values: said, lists }: EntryColumns,
  { forms, functions }: Model,
  values: Numbering<unknown>,
  others: RowReader,
): RowReader {
  if (forms === undefined) return others;
  const formOf = names.map((name) => (functions.includes(name) ? forms[name] : undefined));
  const hasForm = Uint8Array.from(formOf, (form) => (form === undefined ? 0 : 1));
  const isRead = Uint8Array.from(formOf, (form) => (form === 'read' ? 1 : 0));
  const saysPair = Uint8Array.from(formOf, (form) => (form === 'compare-and-set' ? 1 : 0));
  /** All bits are set, as of -1, of what a form does not do. */
  const needless = Int32Array.from(formOf, (form) => (form === 'write' ? -1 : 0));
  const leavesNothing = Int32Array.from(formOf, (form) => (form === 'read' ? -1 : 0));
  const plainNumber = plainNumbers(said, values);
  return (rows, number, invoked, completed) => {
    const end = completed < 0 ? info : type[completed]!;
    const form = f[invoked]!;
    if (hasForm[form] === 0 || (end !== ok && end !== info))
      return others(rows, number, invoked, completed);
    if (end !== ok && isRead[form] === 1) return true;
    const saying = value[isRead[form] === 1 ? completed : invoked]!;
    let [from, to] = [saying, saying];
    if (saysPair[form] === 1) {
      if (!isList(saying) || sizeOfList(lists, saying) !== 2)
        return others(rows, number, invoked, completed);
      from = itemOfList(lists, saying, 0);
      to = itemOfList(lists, saying, 1);
      // From a value to itself is a read, and says nothing where nobody knows its end.
      if (end !== ok && said[from] === said[to]) return others(rows, number, invoked, completed);
    }
    const needed = plainNumber(from);
    const left = needed === notPlain ? notPlain : plainNumber(to);
    if (needed === notPlain || left === notPlain) return others(rows, number, invoked, completed);
    const isSame = saysPair[form] === 1 && needed === left;
    rows[number + atNeeds] = needed | needless[form]!;
    rows[number + atLeaves] = isSame ? -1 : left | leavesNothing[form]!;
    rows[number + atEnd] = end === ok ? completed : optionalEnd(completed);
    return true;
  };
}

/** The number of a plain value, by that of what is said, which is looked at once; `notPlain` for any other. */
function plainNumbers(
  said: readonly unknown[],
  values: Numbering<unknown>,
): (saying: number) => number {
  /** And one; 0 while nobody asked. */
  const known = new Int32Array(said.length);
  const learn = (saying: number): number => {
    const what = said[saying];
    const number = isPlain(what) ? numberOf<unknown>(values, what) : notPlain;
    known[saying] = number + 1;
    return number;
  };
  return (saying) => {
    if (isList(saying)) return notPlain;
    const number = known[saying]!;
    return number === 0 ? learn(saying) : number - 1;
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
