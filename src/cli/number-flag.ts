/** A flag that is a number, and no setting. */
import { usageError } from '../core/errors.ts';

const max = 1_000_000;

/** The number above 0 that the text is; a usage error names the flag. */
export function positiveNumber(flag: string, text: string, { whole }: { whole: boolean }): number {
  const number = Number(text);
  if (number > 0 && number <= max && (!whole || Number.isInteger(number))) return number;
  throw usageError(
    `${flag} is ${text}; it must be a ${whole ? 'whole number' : 'number'} above 0`,
    number > max ? `the nearest valid value is ${max}` : 'for example 10',
  );
}
