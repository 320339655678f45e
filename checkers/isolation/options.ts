/** The isolation level that a checker is asked for, from options that came as data. */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import { decidedLevels, levelNamed, levels } from './levels/levels.ts';

export const defaultLevel = 'strict-serializable';

/**
 * Throws a `usage` error for an option other than `consistency`, and for a level that cannot be decided. `more` are those of the
 * checker that were taken out before.
 */
export function levelFrom(
  checker: string,
  options: Readonly<Record<string, unknown>>,
  more: readonly string[] = [],
): string {
  const { consistency = defaultLevel, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw usageError(
      `the checker ${checker} has no option ${other}`,
      nearestHint(other, ['consistency', ...more]),
    );
  const level = typeof consistency === 'string' ? levelNamed(consistency) : '';
  if (decidedLevels.includes(level)) return level;
  if (Object.hasOwn(levels, level))
    throw usageError(
      `--consistency: ${checker} can find that a history violates ${level}, not that it keeps it`,
      `ask for one of ${decidedLevels.join(', ')}; the result says of all levels which are violated`,
    );
  const shown = typeof consistency === 'string' ? consistency : JSON.stringify(consistency);
  throw usageError(`--consistency: ${shown} is not known`, nearestHint(shown, decidedLevels));
}
