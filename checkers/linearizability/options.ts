/** The linearizability checker from options that came as data: from a flag, a file, another thread. */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import { linearizable } from './checker.ts';
import type { LinearizableOptions } from './checker.ts';
import { modelNames } from './models/registry.ts';
import type { ModelName } from './models/registry.ts';
import type { Atom } from './models/values.ts';
import type { NamedChecker } from '../spec.ts';

/** `model`, `initial`, `failedIsEvidence`; throws a `usage` error for anything else. */
export function linearizableFrom(options: Readonly<Record<string, unknown>>): NamedChecker {
  const { model, initial, failedIsEvidence, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw usageError(
      `the checker linearizable has no option ${other}`,
      nearestHint(other, ['model', 'initial', 'failedIsEvidence']),
    );
  return linearizable(modelName(model), {
    ...(initial === undefined ? {} : { initial: initialValue(initial) }),
    ...(failedIsEvidence === undefined ? {} : { failedIsEvidence: yesOrNo(failedIsEvidence) }),
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

function initialValue(initial: unknown): Atom {
  if (initial !== null && !['number', 'string', 'boolean'].includes(typeof initial))
    throw usageError(
      'the initial value of a register must be a number, a text, true, false or null',
    );
  return initial as Atom;
}

function yesOrNo(value: unknown): boolean {
  if (typeof value !== 'boolean') throw usageError('failedIsEvidence must be true or false');
  return value;
}
