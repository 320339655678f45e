/** Options of a checker, as `dsp check --option NAME=VALUE` gives them. */
import { usageError } from '../core/errors.ts';

/**
 * A value that is JSON (`true`, `100`, `["a", "b"]`) is that, any other is text. A name that is given more than once has all its values in a list.
 * Throws a usage error for what has no name.
 */
export function checkerOptions(given: readonly string[]): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown[]>();
  for (const each of given) {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(each) ?? [];
    if (name === undefined || text === undefined)
      throw usageError(`--option: ${each} is not KEY=VALUE`, 'for example --option total=100');
    values.set(name, [...(values.get(name) ?? []), valueOf(text)]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]),
  );
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
