/**
 * The linearizability checker: is there an order of the operations, each taking effect at one moment between its
 * invocation and its completion, in which every answer is the one that the model gives?
 *
 * A violation is judged from `ok` operations; an operation whose end nobody knows may have happened at any later time or
 * never, and a failed one did not happen. Each independent object (key) is judged alone, which loses nothing (Herlihy &
 * Wing 1990, theorem 1).
 */
import { usageError } from '../../src/core/errors.ts';
import { entryCount } from '../../src/core/history/entry-columns.ts';
import type { Recorded } from '../../src/core/history/entry-columns.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import type { Budget } from '../../src/core/seams/checker.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { BudgetEnded } from '../claims/patience.ts';
import type { NamedChecker } from '../spec.ts';
import type { EngineName } from './engines.ts';
import { decide, limitsOf } from './decide.ts';
import type { Decided } from './decide.ts';
import type { Limits } from './engine.ts';
import { findingsOf, refutation } from './findings.ts';
import type { Model } from './model.ts';
import { modelNames, models, startsAnywhere } from './models/registry.ts';
import type { ModelName, ModelOptions } from './models/registry.ts';
import { ownModel } from './own-model.ts';
import type { OwnModel } from './own-model.ts';
import { disputed, linear, undecided, unproven, unread, vacuous, violated } from './results.ts';

export interface LinearizableOptions extends ModelOptions {
  /**
   * Reads a refused compare-and-set as an observation that the value was another, as Porcupine's model of etcd does.
   * Otherwise it did not happen and says nothing, as in Jepsen.
   */
  readonly failedIsEvidence?: boolean;
  /**
   * Whether violations are told by their counterexamples, as they are unless this is false. Then the operation that
   * cannot return is named and no more, in half the time where many short histories are judged, and the reference engine
   * is not asked about it. Those of a model of your own have theirs all the same, for they are the proof.
   */
  readonly counterexamples?: boolean;
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
    check: ({ history }, budget) => judge(chosen, history, options, budget),
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
  history: Recorded,
  { engine = 'dsp', failedIsEvidence = false, counterexamples = true }: LinearizableOptions,
  budget: Budget,
): CheckResult {
  const limits = limitsOf(budget);
  try {
    const decided = decide(model, history, { engine, failedIsEvidence }, budget);
    return decided.isVacuous
      ? vacuous(decided.operations)
      : explain(engine, decided, limits, counterexamples);
  } catch (thrown) {
    if (!(thrown instanceof BudgetEnded)) throw thrown;
    return unread(entryCount(history));
  }
}

/** Violations are proven, and told, by their counterexamples, if they are wanted. */
function explain(
  engine: EngineName,
  decided: Decided,
  limits: Omit<Limits, 'stepsMax'>,
  counterexamples: boolean,
): CheckResult {
  const { parts, violations, refuted } = decided;
  const findings = findingsOf(engine, parts, violations, limits, counterexamples);
  const proven = findings.filter(({ kind }) => kind === 'safety');
  if (proven.length > 0)
    return violated(decided, violations.length - (findings.length - proven.length), proven);
  const notes = [...findings, ...refuted.map((part) => refutation(engine, part))];
  const disputes = notes.filter(({ type }) => type === 'engines-disagree');
  if (disputes.length > 0) return disputed(decided, disputes);
  if (notes.length > 0) return unproven(decided, notes);
  return decided.undecided.length > 0 ? undecided(decided) : linear(decided);
}
