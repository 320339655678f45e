/**
 * The linearizability checker: is there an order of the operations, each taking effect at one moment between its
 * invocation and its completion, in which every answer is the one that the model gives?
 *
 * A violation is judged from `ok` operations; an operation whose end nobody knows may have happened at any later time or
 * never, and a failed one did not happen. Each independent object (key) is judged alone, which loses nothing (Herlihy &
 * Wing 1990, theorem 1).
 */
import { usageError } from '../../src/core/errors.ts';
import type { Entry } from '../../src/core/history/entry.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import type { Budget } from '../../src/core/seams/checker.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { BudgetEnded, patienceWithin } from '../claims/patience.ts';
import type { NamedChecker } from '../spec.ts';
import type { Limits } from './engine.ts';
import { engines } from './engines.ts';
import type { EngineName } from './engines.ts';
import { entryOf, findingsOf, refutation } from './findings.ts';
import type { Model } from './model.ts';
import { modelNames, models, startsAnywhere } from './models/registry.ts';
import type { ModelName, ModelOptions } from './models/registry.ts';
import { ownModel } from './own-model.ts';
import type { OwnModel } from './own-model.ts';
import { quickParts, wholeParts } from './parts.ts';
import type { Parts } from './parts.ts';
import { disputed, linear, undecided, unread, vacuous, violated } from './results.ts';
import { searchAll } from './search.ts';

export interface LinearizableOptions extends ModelOptions {
  /**
   * Reads a refused compare-and-set as an observation that the value was another, as Porcupine's model of etcd does.
   * Otherwise it did not happen and says nothing, as in Jepsen.
   */
  readonly failedIsEvidence?: boolean;
  /** `dsp` unless given. Both give the same verdicts; `porcupine` is the reference that the other is held to. */
  readonly engine?: EngineName;
}

/** Judges against a model of the registry, by its name, or against one of your own. */
export function linearizable<State, Call>(
  model: ModelName | OwnModel<State, Call>,
  options: LinearizableOptions = {},
): NamedChecker {
  const chosen = typeof model === 'string' ? named(model, options) : ownModel(model);
  return {
    name: 'linearizable',
    says: `all operations fit one order that respects real time (${chosen.name}: ${chosen.says})`,
    ...(typeof model === 'string'
      ? { spec: { checker: 'linearizable', options: { model, ...options } } }
      : {}),
    check: ({ history }, budget) => judge(chosen, history.entries, options, budget),
  };
}

function named(model: ModelName, options: ModelOptions): Model {
  if (!Object.hasOwn(models, model))
    throw usageError(`there is no model ${model}`, nearestHint(model, modelNames));
  if (options.initial !== undefined && !startsAnywhere.has(model))
    throw usageError(`the model ${model} has no initial value to choose`);
  return models[model](options);
}

function judge(
  model: Model,
  entries: readonly Entry[],
  { engine = 'dsp', failedIsEvidence = false }: LinearizableOptions,
  budget: Budget,
): CheckResult {
  const { memoryBytesMax } = budget;
  const limits = { memoryBytesMax, deadlineMs: performance.now() + budget.timeMsMax };
  const patience = patienceWithin(budget);
  try {
    const quick =
      engine === 'dsp' ? quickParts(entries, model, failedIsEvidence, patience) : undefined;
    const parts = quick ?? wholeParts(entries, model, failedIsEvidence, patience);
    return parts.okCount === 0 ? vacuous(parts.operations) : judgeParts(engine, parts, limits);
  } catch (thrown) {
    if (!(thrown instanceof BudgetEnded)) throw thrown;
    return unread(entries.length);
  }
}

function judgeParts(
  engine: EngineName,
  parts: Parts,
  limits: Omit<Limits, 'stepsMax'>,
): CheckResult {
  const due = parts.undecided;
  const {
    violations,
    undecided: open,
    refuted,
    steps,
  } = searchAll(
    engines[engine],
    due.map((place) => () => parts.list[place]!.problem()),
    limits,
  );
  const judged = {
    parts: parts.list,
    undecided: open.map(({ place, outcome }) => ({ place: due[place]!, outcome })),
    steps,
  };
  const found = [
    ...parts.violations,
    ...violations.map(({ place, problem, furthestEvent }) => {
      return { place: due[place]!, entry: entryOf(problem, furthestEvent), problem };
    }),
  ];
  const findings = findingsOf(engine, parts.list, found, limits);
  const proven = findings.filter(({ kind }) => kind === 'safety');
  if (proven.length > 0)
    return violated(judged, found.length - (findings.length - proven.length), proven);
  const notes = refuted.map((place) => refutation(engine, parts.list[due[place]!]!));
  if (findings.length + notes.length > 0) return disputed(judged, [...findings, ...notes]);
  return open.length > 0 ? undecided(judged) : linear(judged);
}
