/** The values of operations, read as what a claim needs them to be, or refused with the entry that has them. */
import { dataError } from '../../src/core/errors.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { shown } from './shown.ts';

/** What an `ok` answered, as a list. */
export function listAnswered(operation: Operation): readonly unknown[] {
  if (Array.isArray(operation.output)) return operation.output;
  throw unreadable(operation, operation.output, 'a list', operation.completeIndex);
}

/** What an `ok` answered, as a whole number; of others sums are not exact. */
export function numberAnswered(operation: Operation): number {
  if (Number.isSafeInteger(operation.output)) return operation.output as number;
  throw unreadable(operation, operation.output, 'a whole number', operation.completeIndex);
}

/** A `data` error that names the entry: `what` is due where the value is something else. */
export function unreadable(
  { f, invokeIndex }: Operation,
  value: unknown,
  what: string,
  index: number = invokeIndex,
): Error {
  return dataError(`entry ${index}: ${f} has ${shown(value)} where ${what} is due`);
}
