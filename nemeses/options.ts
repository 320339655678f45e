/** Reading a nemesis's options, given as `--option partition.shape=halves,bridge`. */
import { usageError } from '../src/core/errors.ts';
import { nearestHint } from '../src/core/nearest.ts';

/** The values named by the option, or all of them where it is not given; a name that is not valid is a usage error. */
export function choice<T extends string>(
  options: Readonly<Record<string, string>>,
  name: string,
  all: readonly T[],
): readonly T[] {
  const given = options[name];
  if (given === undefined) return all;
  return given.split(',').map((each) => {
    const found = all.find((valid) => valid === each);
    if (found === undefined)
      throw usageError(`option ${name}: ${each} is not known`, nearestHint(each, all));
    return found;
  });
}
