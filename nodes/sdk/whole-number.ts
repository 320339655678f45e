/** Options of systems that are whole numbers: read, or refused in one sentence. */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';

export interface WholeNumber {
  readonly default: number;
  readonly min: number;
}

/** What `--option NAME=TEXT` says, or the default if nothing; throws a usage error for a value that cannot be. */
export function readWholeNumber(
  name: string,
  text: string | undefined,
  { default: otherwise, min }: WholeNumber,
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw usageError(
    `--option ${name} is "${text}", not a whole number from ${min} up`,
    nearestHint(text, [String(Math.max(min, Math.round(value) || otherwise))]),
  );
}
