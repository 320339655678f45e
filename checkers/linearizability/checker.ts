/**
 * The linearizability checker: is there an order of the operations, each taking effect at one moment between its
 * invocation and its completion, in which every answer is the one that the model gives?
 *
 * A violation is judged from `ok` operations; an operation whose end nobody knows may have happened at any later time or
 * never, and a failed one did not happen. Each independent object (key) is judged alone, which loses nothing (Herlihy &
 * Wing 1990, theorem 1).
 */
import { dataError, usageError } from '../../src/core/errors.ts';
import { pair } from '../../src/core/history/operation.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import type { Budget } from '../../src/core/seams/checker.ts';
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import type { NamedChecker } from '../spec.ts';
import { findingOf } from './counterexample.ts';
import type { Model } from './model.ts';
import { modelNames, models } from './models/registry.ts';
import type { ModelName, ModelOptions } from './models/registry.ts';
import { candidatesOf, problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { searchAll } from './search.ts';
import type { SearchResult, Undecided } from './search.ts';
import { splitByObject } from './split.ts';
import type { IndependentObject } from './split.ts';
import { wgl } from './wgl.ts';

export interface LinearizableOptions extends ModelOptions {
  /**
   * Reads a refused compare-and-set as an observation that the value was another, as Porcupine's model of etcd does.
   * Otherwise it did not happen and says nothing, as in Jepsen.
   */
  readonly failedIsEvidence?: boolean;
}

/** Judges against a model of the registry, by its name, or against one of your own. */
export function linearizable(
  model: ModelName | Model,
  options: LinearizableOptions = {},
): NamedChecker {
  const chosen = typeof model === 'string' ? named(model, options) : model;
  return {
    name: 'linearizable',
    says: `all operations fit one order that respects real time (${chosen.name}: ${chosen.says})`,
    ...(typeof model === 'string'
      ? { spec: { checker: 'linearizable', options: { model, ...options } } }
      : {}),
    check: ({ history }, budget) => {
      const { operations, problems } = pair(history.entries);
      const [problem] = problems;
      if (problem !== undefined) throw dataError(`entry ${problem.index}: ${problem.problem}`);
      const okCount = operations.filter((each) => each.outcome === 'ok').length;
      if (okCount === 0) return vacuous(operations.length);
      return judge(chosen, splitByObject(operations, chosen), options, budget);
    },
  };
}

function named(model: ModelName, options: ModelOptions): Model {
  if (!Object.hasOwn(models, model))
    throw usageError(`there is no model ${model}`, nearestHint(model, modelNames));
  return models[model](options);
}

const vacuous = (operations: number): CheckResult => ({
  checker: 'linearizable',
  verdict: unknown('vacuous'),
  summary: `none of ${operations} operations is known to have succeeded, so there is nothing to judge`,
  findings: [],
  figures: { operations },
});

function judge(
  model: Model,
  objects: readonly IndependentObject[],
  options: LinearizableOptions,
  budget: Budget,
): CheckResult {
  const deadlineMs = performance.now() + budget.timeMsMax;
  const problems = objects.map(({ operations }) =>
    problemOf(model, candidatesOf(model, operations, options.failedIsEvidence ?? false)),
  );
  const { memoryBytesMax } = budget;
  const result = searchAll(wgl, problems, { memoryBytesMax, deadlineMs });
  const figures = figuresOf(objects, problems, result);
  if (result.violations.length > 0)
    return violated(objects, problems, result, { deadlineMs, memoryBytesMax }, figures);
  if (result.undecided.length > 0) return undecided(objects, problems, result, figures);
  return {
    checker: 'linearizable',
    verdict: valid,
    summary: `${counted(figures.operations, 'operation')}${onKeys(objects)} ${figures.operations === 1 ? 'is' : 'are'} linearizable`,
    findings: [],
    figures,
  };
}

function violated(
  objects: readonly IndependentObject[],
  problems: readonly Problem[],
  { violations }: SearchResult,
  budget: { readonly deadlineMs: number; readonly memoryBytesMax: number },
  figures: CheckResult['figures'] & {},
): CheckResult {
  const limitsFor = ({ calls }: Problem) => ({
    ...budget,
    deadlineMs: Math.min(budget.deadlineMs, performance.now() + shrinkMsMax),
    stepsMax: shrinkStepsMax + shrinkStepsPerOperation * calls.length,
  });
  const shown = violations.toSorted((a, b) => a.furthestEvent - b.furthestEvent);
  const findings = shown.slice(0, findingsMax).map(({ place, furthestEvent }) => {
    const problem = problems[place]!;
    return findingOf(wgl, objects[place]!.key, problem, furthestEvent, limitsFor(problem));
  });
  const more = violations.length > 1 ? ` (${violations.length} of ${objects.length} objects)` : '';
  return {
    checker: 'linearizable',
    verdict: invalid('safety'),
    summary: `${findings[0]!.summary}${more}`,
    findings,
    figures: { ...figures, objectsNotLinearizable: violations.length },
  };
}

function undecided(
  objects: readonly IndependentObject[],
  problems: readonly Problem[],
  result: SearchResult,
  figures: CheckResult['figures'] & {},
): CheckResult {
  const worst = result.undecided.reduce((a, b) =>
    b.outcome.linearized / problems[b.place]!.required <
    a.outcome.linearized / problems[a.place]!.required
      ? b
      : a,
  );
  return {
    checker: 'linearizable',
    verdict: unknown('budget'),
    summary: `the ${limitOf(worst)} budget ended with ${result.undecided.length} of ${counted(objects.length, 'object')} undecided; ${progressOf(worst, objects, problems)}`,
    findings: [],
    figures: { ...figures, objectsUndecided: result.undecided.length },
  };
}

const limitOf = ({ outcome }: Undecided): string => (outcome.by === 'memory' ? 'memory' : 'time');

function progressOf(
  { place, outcome }: Undecided,
  objects: readonly IndependentObject[],
  problems: readonly Problem[],
): string {
  const key = objects[place]!.key;
  const object = key === undefined ? 'the search' : `of key ${key}, the search`;
  return `${object} placed ${outcome.linearized} of ${problems[place]!.required} operations at most`;
}

function figuresOf(
  objects: readonly IndependentObject[],
  problems: readonly Problem[],
  { steps, undecided }: SearchResult,
) {
  const required = problems.reduce((sum, each) => sum + each.required, 0);
  const notLinearized = undecided.reduce(
    (sum, { place, outcome }) => sum + problems[place]!.required - outcome.linearized,
    0,
  );
  return {
    operations: objects.reduce((sum, each) => sum + each.operations.length, 0),
    objects: objects.length,
    operationsRequired: required,
    operationsLinearized: required - notLinearized,
    searchSteps: steps,
  };
}

const onKeys = (objects: readonly IndependentObject[]): string =>
  objects.some(({ key }) => key !== undefined) ? ` on ${counted(objects.length, 'key')}` : '';

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

const findingsMax = 3;
/** Shrinking is a service to the reader, so each finding has a budget of its own for it, within the check's. */
const shrinkMsMax = 2000;
const shrinkStepsMax = 50_000;
const shrinkStepsPerOperation = 50;
