/** Whole numbers of flags that are no settings. */
import { usageError } from '../core/errors.ts';

/** The number that the text is; throws a usage error that names the flag and the nearest valid value. */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  const nearest = Math.min(max, Math.max(min, Math.round(number)));
  throw usageError(
    `${flag} is ${text}; it must be a whole number from ${min} to ${max}`,
    Number.isNaN(nearest) ? `for example ${min}` : `the nearest valid value is ${nearest}`,
  );
}
