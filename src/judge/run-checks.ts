/** Runs checkers over one input, in this process, one after the other. */
import type { Budget, CheckInput, Checker } from '../core/seams/checker.ts';
import { unknown } from '../core/verdict.ts';
import type { CheckResult } from '../core/verdict.ts';
import type { TimedCheck } from './request.ts';

/**
 * Calls back with each result, and waits for that, before it goes on. A checker that cannot have the memory that it asks for ends in
 * `unknown (budget)`; anything else that it throws is thrown on.
 */
export async function runChecks(
  checkers: readonly Checker[],
  input: CheckInput,
  budget: Budget,
  onResult: (check: TimedCheck) => void | Promise<void>,
): Promise<void> {
  for (const checker of checkers) {
    const beganMs = performance.now();
    const result = await checkWithin(checker, input, budget);
    await onResult({ result, checkMs: performance.now() - beganMs });
  }
}

async function checkWithin(
  checker: Checker,
  input: CheckInput,
  budget: Budget,
): Promise<CheckResult> {
  try {
    return await checker.check(input, budget);
  } catch (thrown) {
    if (!isRefusedAllocation(thrown)) throw thrown;
    return outOfBudget(checker.name, 'more memory was asked for than there is');
  }
}

/** Where V8 refuses one allocation instead of ending the process, it says so in these words. */
const isRefusedAllocation = (thrown: unknown): boolean =>
  thrown instanceof RangeError &&
  /allocation failed|invalid (typed )?array length|invalid string length|maximum size exceeded/i.test(
    thrown.message,
  );

/** What a check comes to that could not be finished. */
export const outOfBudget = (checker: string, why: string): CheckResult => ({
  checker,
  verdict: unknown('budget'),
  summary: `the check was not finished: ${why}`,
  findings: [],
});
