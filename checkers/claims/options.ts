/** Options of a checker that came as data: from a flag, a file, another thread. Each is known, and of its kind, or refused. */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import { atom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';

export type GivenOptions = Readonly<Record<string, unknown>>;

/** Reads one option; throws a `usage` error for a value that cannot be. */
export type OptionReader<T> = (checker: string, name: string, value: unknown) => T;

type Read<Readers extends Readonly<Record<string, OptionReader<unknown>>>> = {
  readonly [Name in keyof Readers]?: ReturnType<Readers[Name]>;
};

/** The options that were given, each read by the reader of its name. */
export function readOptions<Readers extends Readonly<Record<string, OptionReader<unknown>>>>(
  checker: string,
  given: GivenOptions,
  readers: Readers,
): Read<Readers> {
  const names = Object.keys(readers);
  const entries = Object.entries(given).map(([name, value]) => {
    if (!names.includes(name))
      throw usageError(
        `the checker ${checker} has no option ${name}`,
        names.length === 0 ? 'it takes none' : nearestHint(name, names),
      );
    return [name, readers[name]!(checker, name, value)];
  });
  return Object.fromEntries(entries) as Read<Readers>;
}

/** True or false. */
export const yesOrNo: OptionReader<boolean> = (checker, name, value) => {
  if (typeof value !== 'boolean')
    throw usageError(`the option ${name} of the checker ${checker} must be true or false`);
  return value;
};

/** Any finite number. */
export const aNumber: OptionReader<number> = (checker, name, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw usageError(`the option ${name} of the checker ${checker} must be a number`);
  return value;
};

/** A value that a register may hold. */
export const anAtom: OptionReader<Atom> = (checker, name, value) => {
  if (value !== null && !['number', 'string', 'boolean'].includes(typeof value))
    throw usageError(
      `the option ${name} of the checker ${checker} must be a number, a text, true, false or null`,
    );
  return atom(value);
};

/** A list of some of the words. */
export const someOf =
  <Word extends string>(words: readonly Word[]): OptionReader<readonly Word[]> =>
  (checker, name, value) => {
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    const stranger = given.find((each) => !(words as readonly unknown[]).includes(each));
    if (given.length === 0 || stranger !== undefined)
      throw usageError(
        `the option ${name} of the checker ${checker} must be a list of ${words.join(', ')}`,
      );
    return given as readonly Word[];
  };
