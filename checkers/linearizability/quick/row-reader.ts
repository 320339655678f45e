/** Reads operations into the rows of a table, by the forms of a model's functions or by the effects of its calls. */
import { typeNumbers } from '../../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../../src/core/history/entry-columns.ts';
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

/** Reads what has a form (model.ts) by it, and leaves to `others` what has none, or a value that is not plain. */
function formReader(
  { functions: names, type, f, value, values: said }: EntryColumns,
  { forms, functions }: Model,
  values: Numbering<unknown>,
  others: RowReader,
): RowReader {
  if (forms === undefined) return others;
  const formOf = names.map((name) => (functions.includes(name) ? forms[name] : undefined));
  const plainNumber = numbersOf(said, values);
  const pairs = pairsOf(said, values);
  return (rows, number, invoked, completed) => {
    const form = formOf[f[invoked]!];
    const end = completed < 0 ? info : type[completed];
    const isKnown = end === ok;
    if (form === undefined || (!isKnown && end !== info))
      return others(rows, number, invoked, completed);
    if (form === 'read') {
      if (!isKnown) return true;
      const answer = plainNumber(value[completed]!);
      if (answer === notPlain) return others(rows, number, invoked, completed);
      rows[number + atNeeds] = answer;
    } else if (form === 'write') {
      const argument = plainNumber(value[invoked]!);
      if (argument === notPlain) return others(rows, number, invoked, completed);
      rows[number + atLeaves] = argument;
    } else {
      const pair = value[invoked]!;
      const isLost = !isKnown && isOfOne(said[pair]);
      if (isLost || !pairs.isPlain(pair)) return others(rows, number, invoked, completed);
      const [from, to] = [pairs.from[pair]!, pairs.to[pair]!];
      rows[number + atNeeds] = from;
      if (from !== to) rows[number + atLeaves] = to;
    }
    rows[number + atEnd] = isKnown ? completed : optionalEnd(completed);
    return true;
  };
}

/** The number of a plain value, by that of what is said, which is looked at once; `notPlain` for any other. */
function numbersOf(
  said: readonly unknown[],
  values: Numbering<unknown>,
): (saying: number) => number {
  /** And one; 0 while nobody knows. */
  const known = new Int32Array(said.length);
  return (saying) => {
    const number = known[saying]!;
    if (number !== 0) return number - 1;
    const what = said[saying];
    return (known[saying] = isPlain(what) ? numberOf<unknown>(values, what) + 1 : notPlain + 1) - 1;
  };
}

/** The same for pairs of plain values: `from` and `to` have their numbers where it is one. */
function pairsOf(said: readonly unknown[], values: Numbering<unknown>) {
  const from = new Int32Array(said.length).fill(unseen);
  const to = new Int32Array(said.length);
  return {
    from,
    to,
    isPlain(saying: number): boolean {
      if (from[saying] === unseen) {
        const pair = said[saying];
        if (isPlainPair(pair)) {
          from[saying] = numberOf<unknown>(values, pair[0]);
          to[saying] = numberOf<unknown>(values, pair[1]);
        } else {
          from[saying] = notPlain;
        }
      }
      return from[saying] !== notPlain;
    },
  };
}

const unseen = -3;

/** Stands for no number. */
const notPlain = -2;

type Plain = number | string;

/** A text that begins with a zero may stand for something else (values.ts). */
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'number' ? Number.isFinite(value) : isPlainText(value);

const isPlainText = (value: unknown): value is string =>
  typeof value === 'string' && value.charCodeAt(0) !== 0;

/** From a value to itself is a read, and says nothing where nobody knows its end. */
const isOfOne = (pair: unknown): boolean => Array.isArray(pair) && pair[0] === pair[1];

const isPlainPair = (value: unknown): value is readonly [Plain, Plain] =>
  Array.isArray(value) && value.length === 2 && isPlain(value[0]) && isPlain(value[1]);
