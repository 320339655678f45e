/**
 * The independent objects of a history, each to be judged alone, and what could be decided of them on the way.
 *
 * P-compositionality: a history is linearizable if and only if that of each object is (Herlihy & Wing 1990, theorem 1).
 */
import { dataError } from '../../src/core/errors.ts';
import { columnsOfEntries, entryCount, indexAt } from '../../src/core/history/entry-columns.ts';
import type { Recorded } from '../../src/core/history/entry-columns.ts';
import type { Entry, Key } from '../../src/core/history/entry.ts';
import { operationAt, operationsIn, pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Patience } from '../claims/patience.ts';
import { illegal } from './model.ts';
import type { Model } from './model.ts';
import { candidatesOf, meaningOf, problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { tableOf } from './quick/make-table.ts';
import { atInvoked, completionOf, sizeOf } from './quick/table.ts';
import { problemsIn } from './quick/problems.ts';
import { judgeQuickly } from './quick/quick.ts';
import { ordersIn } from './quick/witness.ts';
import type { IsOrder } from './quick/witness.ts';
import { splitByObject } from './split.ts';

export interface Part {
  /** Undefined where operations carry no key. */
  readonly key: Key | undefined;
  readonly operations: number;
  /** How many of them must take effect. */
  readonly required: number;
  /** Made when it is asked for; most parts never need one. */
  problem(): Problem;
}

export interface Parts {
  readonly list: readonly Part[];
  readonly operations: number;
  readonly okCount: number;
  /** Those that are left to a search, by their places. */
  readonly undecided: readonly number[];
  readonly violations: readonly PartViolation[];
}

/** A part, by its place, that has no order, and the completion that contradicts what comes before it. */
export interface PartViolation {
  readonly place: number;
  /** The index of that completion's entry. A search that turns back early may name an earlier one than there is. */
  readonly entry: number;
}

/** Everything is left to a search. Throws a `data` error for a history that is not well formed, and `BudgetEnded`. */
export function wholeParts(
  history: Recorded,
  model: Model,
  failedIsEvidence: boolean,
  patience: Patience,
): Parts {
  patience.takeMemory(bytesPerEntry * entryCount(history));
  const operations = (history.columns && operationsIn(history.columns)) ?? paired(history.entries);
  const okCount = operations.filter((each) => each.outcome === 'ok').length;
  const objects = okCount === 0 ? [] : splitByObject(operations, model);
  const list = objects.map((object): Part => {
    const tick = () => patience.tick();
    const candidates = candidatesOf(model, object.operations, failedIsEvidence, tick);
    const problem = problemOf(model, candidates);
    return {
      key: object.key,
      operations: object.operations.length,
      required: problem.required,
      problem: () => problem,
    };
  });
  return {
    list,
    operations: operations.length,
    okCount,
    undecided: [...list.keys()],
    violations: [],
  };
}

/** Throws a `data` error where entries are not in order, or do not alternate. */
function paired(entries: readonly Entry[]): readonly Operation[] {
  refuseDisorder(entries);
  const { operations, problems } = pair(entries);
  const [wrong] = problems;
  if (wrong !== undefined) throw dataError(`entry ${wrong.index}: ${wrong.problem}`);
  return operations;
}

/** An entry's index is its place: what happened before what is read from nothing else. */
function refuseDisorder(entries: readonly Entry[]): void {
  let last = -1;
  for (const { index } of entries) {
    if (!(Number.isInteger(index) && index > last && index <= indexMax))
      throw dataError(`entry ${index}: indexes of entries must be whole numbers that grow`);
    last = index;
  }
}

const indexMax = 2 ** 31 - 1;

/** Operations, candidates and problems. */
const bytesPerEntry = 200;

/** What a table can tell is decided at once; undefined for a history that does not fit into one. Throws `BudgetEnded`. */
export function quickParts(
  history: Recorded,
  model: Model,
  failedIsEvidence: boolean,
  patience: Patience,
): Parts | undefined {
  const entries = history.columns ?? columnsOfEntries(history.entries);
  if (entries === undefined) return undefined;
  const table = tableOf(entries, model, failedIsEvidence, patience);
  if (table === undefined) return undefined;
  const { rows } = table;
  const at = (number: number): Operation =>
    operationAt(entries, rows[number + atInvoked]!, completionOf(table, number));
  const callOf = (operation: Operation) => meaningOf(model, operation, failedIsEvidence);
  const byEffects = ordersIn(table);
  const isOrder: IsOrder = model.isOwn
    ? (object, order) =>
        byEffects(object, order) && isSteppable(model, order, (number) => callOf(at(number)))
    : byEffects;
  let problems: ((place: number) => Problem) | undefined;
  const problemAt = (place: number): Problem => {
    problems ??= problemsIn(table, isOrder, { model, operationAt: at, callOf });
    return problems(place);
  };
  const { violations, undecided } = judgeQuickly(table, isOrder, patience);
  return {
    operations: table.count,
    okCount: table.okCount,
    list: table.keys.map((key, place) => ({
      key,
      operations: sizeOf(table, place),
      required: table.required[place]!,
      problem: () => problemAt(place),
    })),
    undecided,
    violations: violations.map(({ object, blocked }) => ({
      place: object,
      entry: indexAt(entries, completionOf(table, blocked)),
    })),
  };
}

/** Whether the model takes these operations one after the other. */
function isSteppable(
  model: Model,
  order: Int32Array,
  callAt: (number: number) => unknown,
): boolean {
  let state: unknown = model.initial;
  for (const number of order) {
    state = model.step(state, callAt(number));
    if (state === illegal) return false;
  }
  return true;
}
