/** The findings of violations: those that are reached first, each with its smallest counterexample. */
import type { Key } from '../../src/core/history/entry.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { findingOf, onKey, withoutCounterexample } from './counterexample.ts';
import type { FindingLimits } from './counterexample.ts';
import type { Limits } from './engine.ts';
import { engines } from './engines.ts';
import type { EngineName } from './engines.ts';
import { furthestEventOf } from './jit/furthest.ts';
import type { Part, PartViolation } from './parts.ts';
import type { Problem } from './problem.ts';
import { wgl } from './wgl.ts';

export interface Violation extends PartViolation {
  /** Where it has been made already. */
  readonly problem?: Problem;
}

/**
 * One for each of the first few violations, the one to look at first in front. With counterexamples, a violation that
 * the reference engine does not see in the evidence is put before it whole: if it does not see it there either, it is a
 * note that the engines disagree, and no violation.
 */
export function findingsOf(
  engine: EngineName,
  parts: readonly Part[],
  violations: readonly Violation[],
  limits: Omit<Limits, 'stepsMax'>,
  counterexamples: boolean,
): Finding[] {
  const shown = violations.toSorted((a, b) => a.entry - b.entry).slice(0, findingsMax);
  const findings = shown.map(({ place, entry, problem = parts[place]!.problem() }) => {
    const stepsMax = shrinkStepsMax + shrinkStepsPerOperation * problem.size;
    /** A share of the time for all findings, from now on. */
    const limitsFor = (ms: number): Limits => {
      const deadlineMs = Math.min(limits.deadlineMs, performance.now() + ms / shown.length);
      return { ...limits, deadlineMs, stepsMax };
    };
    const reached = eventOf(problem, entry);
    const furthest =
      engine === 'dsp'
        ? furthestEventOf(engines.dsp, problem, reached, limitsFor(shrinkMsMax / 2))
        : reached;
    const { key } = parts[place]!;
    if (!counterexamples && problem.model.isOwn !== true)
      return withoutCounterexample(key, problem, furthest);
    const shares = {
      shrinking: limitsFor(shrinkMsMax / 2),
      orders: limitsFor(shrinkMsMax / 2 + ordersMsMax),
      proof: { ...limits, stepsMax: Number.POSITIVE_INFINITY },
    };
    return (
      findingOf(engines[engine], key, problem, furthest, shares) ??
      byReference(key, problem, shares) ??
      disagreement(engine, key, entry)
    );
  });
  // What a search names is only where to look; the operation that cannot return may be a later one.
  return findings.toSorted((a, b) => lookedAt(a) - lookedAt(b));
}

/** The completion of the operation to look at first. */
const lookedAt = ({ entries: [invocation, completion] }: Finding): number =>
  completion ?? invocation!;

function byReference(
  key: Key | undefined,
  problem: Problem,
  limits: FindingLimits,
): Finding | undefined {
  const outcome = wgl(problem, limits.shrinking);
  if (outcome.kind !== 'not-linearizable') return undefined;
  return findingOf(wgl, key, problem, outcome.furthestEvent, limits);
}

const disagreement = (engine: EngineName, key: Key | undefined, entry: number): Finding => ({
  type: 'engines-disagree',
  kind: 'note',
  summary: `${onKey(key)}the engine ${engine} finds no order at entry ${entry}, and the engine porcupine finds one: one of them, or the model, is wrong`,
  entries: [entry],
});

/** An object for which an engine gave an order that is none. */
export const refutation = (engine: EngineName, part: Part): Finding => ({
  type: 'engines-disagree',
  kind: 'note',
  summary: `${onKey(part.key)}the engine ${engine} finds an order, and the model does not allow it: one of them is wrong`,
  entries: [],
});

const findingsMax = 3;
/** Shrinking is a service to the reader, so it has a budget of its own, within the check's, which findings share. */
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
