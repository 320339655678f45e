/** The balances that a read of all accounts answers: a map of them by account, a list of pairs, or a list in the accounts' order. */
import type { Operation } from '../../src/core/history/operation.ts';
import { unreadable } from '../claims/values.ts';

export interface Balances {
  readonly operation: Operation;
  readonly of: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Throws a `data` error for an answer that is none of these, or whose total is too large to be exact. */
export function balancesIn(operation: Operation): Balances {
  const { output } = operation;
  if (typeof output !== 'object' || output === null) throw wrong(operation);
  const isListOfPairs = Array.isArray(output) && output.length > 0 && output.every(isPair);
  const pairs: readonly (readonly [unknown, unknown])[] = isListOfPairs
    ? (output as [unknown, unknown][])
    : Object.entries(output);
  const of = new Map<string, number>();
  let total = 0;
  for (const [account, balance] of pairs) {
    if (!Number.isSafeInteger(balance)) throw wrong(operation);
    of.set(String(account), balance as number);
    total += balance as number;
    if (!Number.isSafeInteger(total)) throw wrong(operation);
  }
  if (of.size < pairs.length) throw wrong(operation);
  return { operation, of, total };
}

const isPair = (item: unknown): boolean => Array.isArray(item) && item.length === 2;

const wrong = (operation: Operation): Error =>
  unreadable(
    operation,
    operation.output,
    'a whole number for each account',
    operation.completeIndex,
  );
