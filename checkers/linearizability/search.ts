/**
 * Runs an engine over many problems within one budget, so that a hard one does not starve the easy ones: all get a few
 * steps, those that need more get eight times as many in the next round, and so on until all are decided or the budget
 * is spent. A problem that is not linearizable is a finding whatever becomes of the others.
 */
import type { Engine, Limits, Outcome } from './engine.ts';
import type { Problem } from './problem.ts';

export interface SearchResult {
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  /** Places whose order, once checked, is none: the engine or the model is wrong. */
  readonly refuted: readonly number[];
  readonly steps: number;
}

/** A problem, by its place, that is not linearizable, and the event that no order gets past. */
export interface Violation {
  readonly place: number;
  readonly problem: Problem;
  readonly furthestEvent: number;
}

/** A problem, by its place, that was not decided, with the limit that stopped it. */
export interface Undecided {
  readonly place: number;
  readonly outcome: Outcome & { kind: 'exhausted' };
}

export interface SearchBudget extends Omit<Limits, 'stepsMax'> {
  /** Of each problem in the first round. */
  readonly stepsFirst: number;
}

/** A problem is made when its turn comes. After a round with a violation, no further round is begun. */
export function searchAll(
  engine: Engine,
  problems: readonly (() => Problem)[],
  budget: SearchBudget,
): SearchResult {
  const violations: Violation[] = [];
  const stopped: Undecided[] = [];
  const refuted: number[] = [];
  let steps = 0;
  let due: Due[] = problems.map((make, place) => ({ place, make, outcome: notBegun }));
  for (let stepsMax = budget.stepsFirst; due.length > 0; stepsMax *= roundGrowth) {
    const limits = { ...budget, stepsMax: due.length === 1 ? Number.POSITIVE_INFINITY : stepsMax };
    const unfinished: Due[] = [];
    for (const { place, make, outcome: before } of due) {
      if (performance.now() > budget.deadlineMs) {
        stopped.push({ place, outcome: { ...before, by: 'time' } });
        continue;
      }
      const problem = make();
      const outcome = engine(problem, limits);
      steps += outcome.steps;
      if (outcome.kind === 'not-linearizable')
        violations.push({ place, problem, furthestEvent: outcome.furthestEvent });
      else if (outcome.kind === 'linearizable') {
        if (!problem.isOrder(outcome.order)) refuted.push(place);
      } else if (outcome.by === 'steps') {
        unfinished.push({ place, make: () => problem, outcome });
      } else {
        stopped.push({ place, outcome });
      }
    }
    const goesOn = violations.length === 0 && performance.now() < budget.deadlineMs;
    if (!goesOn) stopped.push(...unfinished.map(({ place, outcome }) => ({ place, outcome })));
    due = goesOn ? unfinished : [];
  }
  return { violations, undecided: stopped, refuted, steps };
}

interface Due extends Undecided {
  readonly make: () => Problem;
}

const notBegun = { kind: 'exhausted', by: 'time', linearized: 0, steps: 0 } as const;
const roundGrowth = 8;
