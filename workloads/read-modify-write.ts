/**
 * A change of a value that depends on what it is, out of get and compare-and-set: read, swap, and begin again when somebody
 * else was faster.
 *
 * Each refusal is taken at its word, that nothing was done, and never checked: a system that did it and said otherwise is
 * to be found out by what it holds in the end. So a change that was refused every time `fail`s; one whose swap got no answer
 * is `info`, as the error registry says.
 */
import { fail, ok } from '../src/core/seams/client.ts';
import type { Completion } from '../src/core/seams/client.ts';
import type { Session, Value } from '../src/core/seams/system.ts';

/** What to put in place of a value, and what to answer when that is done. */
export interface Change {
  readonly to: Value;
  readonly answer: unknown;
}

/** Undefined from `change` says that there is nothing to do, and `otherwise` is the answer. */
export async function readModifyWrite(
  session: Session<'get' | 'compare-and-set'>,
  key: string,
  signal: AbortSignal,
  change: (value: Value) => Change | undefined,
  otherwise: unknown = null,
): Promise<Completion> {
  for (let tries = 0; tries < triesMax; tries++) {
    const from = await session.get(key, signal);
    const changed = change(from);
    if (changed === undefined) return ok(otherwise);
    if (await session['compare-and-set'](key, from, changed.to, signal)) return ok(changed.answer);
    if (signal.aborted) break;
  }
  return fail('other value');
}

const triesMax = 5;
