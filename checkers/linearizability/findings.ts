/** The findings of violations: those that are reached first, each with its smallest counterexample. */
import type { Finding } from '../../src/core/verdict.ts';
import { findingOf } from './counterexample.ts';
import type { Limits } from './engine.ts';
import { engines } from './engines.ts';
import type { EngineName } from './engines.ts';
import { furthestEventOf } from './jit/furthest.ts';
import type { Part, PartViolation } from './parts.ts';
import type { Problem } from './problem.ts';

export interface Violation extends PartViolation {
  /** Where it has been made already. */
  readonly problem?: Problem;
}

/** One for each of the first few violations, the one to look at first in front. */
export function findingsOf(
  engine: EngineName,
  parts: readonly Part[],
  violations: readonly Violation[],
  limits: Omit<Limits, 'stepsMax'>,
): Finding[] {
  return violations
    .toSorted((a, b) => a.entry - b.entry)
    .slice(0, findingsMax)
    .map(({ place, entry, problem = parts[place]!.problem() }) => {
      const stepsMax = shrinkStepsMax + shrinkStepsPerOperation * problem.calls.length;
      const within = (ms: number): Limits => {
        const deadlineMs = Math.min(limits.deadlineMs, performance.now() + ms);
        return { ...limits, deadlineMs, stepsMax };
      };
      const shrinking = within(shrinkMsMax);
      const reached = eventOf(problem, entry);
      const furthest =
        engine === 'dsp' ? furthestEventOf(engines.dsp, problem, reached, shrinking) : reached;
      return findingOf(engines[engine], parts[place]!.key, problem, furthest, {
        shrinking,
        orders: within(shrinkMsMax + ordersMsMax),
      });
    });
}

const findingsMax = 3;
/** Shrinking is a service to the reader, so each finding has a budget of its own for it, within the check's. */
const shrinkMsMax = 2000;
/** What is left to the orders where shrinking has used up its time. */
const ordersMsMax = 1000;
const shrinkStepsMax = 50_000;
const shrinkStepsPerOperation = 50;

/** The entry of a return. */
export const entryOf = ({ operations, events }: Problem, event: number): number =>
  operations[~events[event]!]!.completeIndex!;

const eventOf = (problem: Problem, entry: number): number =>
  problem.events.findIndex((event, at) => event < 0 && entryOf(problem, at) === entry);
