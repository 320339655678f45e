/** The linearizability checker from options that came as data: from a flag, a file, another thread. */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import { linearizable } from './checker.ts';
import type { LinearizableOptions } from './checker.ts';
import { engineNames } from './engines.ts';
import type { EngineName } from './engines.ts';
import { modelNames } from './models/registry.ts';
import type { ModelName } from './models/registry.ts';
import type { Atom } from './models/values.ts';
import type { NamedChecker } from '../spec.ts';

/** `model`, `initial`, `failedIsEvidence`, `counterexamples`, `engine`; throws a `usage` error for anything else. */
export function linearizableFrom(options: Readonly<Record<string, unknown>>): NamedChecker {
  const { model, initial, failedIsEvidence, counterexamples, engine, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw usageError(
      `the checker linearizable has no option ${other}`,
      nearestHint(other, ['model', 'initial', 'failedIsEvidence', 'counterexamples', 'engine']),
    );
  return linearizable(modelName(model), {
    ...(initial === undefined ? {} : { initial: initialValue(initial) }),
    ...(failedIsEvidence === undefined
      ? {}
      : { failedIsEvidence: yesOrNo('failedIsEvidence', failedIsEvidence) }),
    ...(counterexamples === undefined
      ? {}
      : { counterexamples: yesOrNo('counterexamples', counterexamples) }),
    ...(engine === undefined ? {} : { engine: engineName(engine) }),
  } satisfies LinearizableOptions);
}

function modelName(model: unknown): ModelName {
  if (model === undefined)
    throw usageError(
      'the checker linearizable needs a model',
      `name one with --model ${modelNames.join('|')}`,
    );
  if (!(modelNames as readonly unknown[]).includes(model))
    throw usageError(
      `--model: ${typeof model === 'string' ? model : JSON.stringify(model)} is not known`,
      nearestHint(typeof model === 'string' ? model : '', modelNames),
    );
  return model as ModelName;
}

function engineName(engine: unknown): EngineName {
  if (!(engineNames as readonly unknown[]).includes(engine))
    throw usageError(
      `--engine: ${typeof engine === 'string' ? engine : JSON.stringify(engine)} is not known`,
      nearestHint(typeof engine === 'string' ? engine : '', engineNames),
    );
  return engine as EngineName;
}

function initialValue(initial: unknown): Atom {
  if (initial !== null && !['number', 'string', 'boolean'].includes(typeof initial))
    throw usageError(
      'the initial value of a register must be a number, a text, true, false or null',
    );
  return initial as Atom;
}

function yesOrNo(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw usageError(`${name} must be true or false`);
  return value;
}
