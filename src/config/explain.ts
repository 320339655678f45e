/**
 * Says in one sentence what is wrong with a setting, and in the hint what would be right. The schema's own issues are
 * data; nothing of their wording reaches a person.
 */
import type { z } from 'zod';
import { usageError, type DspError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';
import { fields } from './fields.ts';
import { configKeys, type ConfigKey } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** `place` names where the setting stands: `--nodes`, `DSP_NODES`, `dsp.config.ts: nodes`. */
export function explain(issue: Issue, place: (key: string) => string): DspError {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const typed = issue.keys[0] ?? '';
    const known = [...configKeys, 'systems'];
    return usageError(`${place(typed)} is not a setting`, nearestHint(typed, known));
  }
  const key = issue.path[0] as ConfigKey | undefined;
  if (key === undefined) return usageError(`${place('')} is not a configuration object`);
  const [problem, hint] = problemOf(narrowed(issue), key);
  return usageError(`${place(key)} is ${shown(issue.input)}; ${problem}`, hint);
}

/** Of a union's branches, the one that the value came nearest to: its kind was right, only its size was not. */
function narrowed(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const sizes = issue.errors.flat().find(({ code }) => code === 'too_small' || code === 'too_big');
  return sizes === undefined ? issue : narrowed(sizes);
}

function problemOf(issue: Issue, key: ConfigKey): readonly [problem: string, hint: string] {
  const { expects, example } = fields[key];
  if (issue.code === 'too_small' && issue.origin !== 'string')
    return issue.inclusive === false
      ? [`it must be more than ${issue.minimum}`, `for example ${example}`]
      : [`it must be at least ${issue.minimum}`, `the nearest valid value is ${issue.minimum}`];
  if (issue.code === 'too_big' && issue.origin !== 'string')
    return [`it must be at most ${issue.maximum}`, `the nearest valid value is ${issue.maximum}`];
  return [`it must be ${expects}`, `for example ${example}`];
}

const shown = (input: unknown): string =>
  input === undefined ? 'missing' : (JSON.stringify(input) ?? typeof input).slice(0, 80);
