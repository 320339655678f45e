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
import type { CheckResult, Finding } from '../../src/core/verdict.ts';
import type { NamedChecker } from '../spec.ts';
import { findingOf } from './counterexample.ts';
import type { Model } from './model.ts';
import { modelNames, models } from './models/registry.ts';
import type { ModelName, ModelOptions } from './models/registry.ts';
import { candidatesOf, problemOf } from './problem.ts';
import { linear, undecided, vacuous, violated } from './results.ts';
import type { Judged } from './results.ts';
import { searchAll } from './search.ts';
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

function judge(
  model: Model,
  objects: readonly IndependentObject[],
  options: LinearizableOptions,
  budget: Budget,
): CheckResult {
  const limits = {
    memoryBytesMax: budget.memoryBytesMax,
    deadlineMs: performance.now() + budget.timeMsMax,
  };
  const problems = objects.map(({ operations }) =>
    problemOf(model, candidatesOf(model, operations, options.failedIsEvidence ?? false)),
  );
  const judged = { objects, problems, search: searchAll(wgl, problems, limits) };
  if (judged.search.violations.length > 0) return violated(judged, findingsOf(judged, limits));
  return judged.search.undecided.length > 0 ? undecided(judged) : linear(judged);
}

/** The findings of the violations that are reached first, each with its smallest counterexample. */
function findingsOf(
  { objects, problems, search }: Judged,
  limits: { readonly memoryBytesMax: number; readonly deadlineMs: number },
): Finding[] {
  return search.violations
    .toSorted((a, b) => a.furthestEvent - b.furthestEvent)
    .slice(0, findingsMax)
    .map(({ place, furthestEvent }) => {
      const problem = problems[place]!;
      const deadlineMs = Math.min(limits.deadlineMs, performance.now() + shrinkMsMax);
      const stepsMax = shrinkStepsMax + shrinkStepsPerOperation * problem.calls.length;
      const shrinkLimits = { ...limits, deadlineMs, stepsMax };
      return findingOf(wgl, objects[place]!.key, problem, furthestEvent, shrinkLimits);
    });
}

const findingsMax = 3;
/** Shrinking is a service to the reader, so each finding has a budget of its own for it, within the check's. */
const shrinkMsMax = 2000;
const shrinkStepsMax = 50_000;
const shrinkStepsPerOperation = 50;
