/** The verdict alone: which parts of a history have an order, which have none, and which nobody knows of. */
import type { Recorded } from '../../src/core/history/entry-columns.ts';
import type { Budget } from '../../src/core/seams/checker.ts';
import { patienceWithin } from '../claims/patience.ts';
import type { Limits } from './engine.ts';
import { engines, stepsFirst } from './engines.ts';
import type { EngineName } from './engines.ts';
import { entryOf } from './findings.ts';
import type { Violation } from './findings.ts';
import type { Model } from './model.ts';
import { quickParts, wholeParts } from './parts.ts';
import type { Part } from './parts.ts';
import type { Judged } from './results.ts';
import { searchAll } from './search.ts';

export interface Decided extends Judged {
  /** No operation succeeded. */
  readonly isVacuous: boolean;
  readonly operations: number;
  readonly violations: readonly Violation[];
  /** Parts for which an engine gave an order that is none. */
  readonly refuted: readonly Part[];
}

export interface Reading {
  readonly engine: EngineName;
  readonly failedIsEvidence: boolean;
}

/** Throws `BudgetEnded` where the history could not even be read within the budget. */
export function decide(
  model: Model,
  history: Recorded,
  { engine, failedIsEvidence }: Reading,
  budget: Budget,
): Decided {
  const limits = limitsOf(budget);
  const patience = patienceWithin(budget);
  const quick =
    engine === 'dsp' ? quickParts(history, model, failedIsEvidence, patience) : undefined;
  const parts = quick ?? wholeParts(history, model, failedIsEvidence, patience);
  const due = parts.okCount === 0 ? [] : parts.undecided;
  const searched = searchAll(
    engines[engine],
    due.map((place) => () => parts.list[place]!.problem()),
    { ...limits, stepsFirst: stepsFirst[engine] },
  );
  const found = searched.violations.map(({ place, problem, furthestEvent }) => {
    return { place: due[place]!, entry: entryOf(problem, furthestEvent), problem };
  });
  return {
    isVacuous: parts.okCount === 0,
    operations: parts.operations,
    parts: parts.list,
    violations: [...parts.violations, ...found],
    undecided: searched.undecided.map(({ place, outcome }) => ({ place: due[place]!, outcome })),
    refuted: searched.refuted.map((place) => parts.list[due[place]!]!),
    steps: searched.steps,
  };
}

/** From now on. */
export const limitsOf = ({ timeMsMax, memoryBytesMax }: Budget): Omit<Limits, 'stepsMax'> => ({
  memoryBytesMax,
  deadlineMs: performance.now() + timeMsMax,
});
