/** Runs the checker on a history alone, as tests do. */
import type { LinearizabilityCounterexample } from '../../src/core/counterexample.ts';
import type { History } from '../../src/core/history/entry.ts';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import type { Budget, Checker } from '../../src/core/seams/checker.ts';
import { traceOf } from '../../src/core/trace.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';

export const check = async (
  checker: Checker,
  history: History,
  budget: Budget = defaultBudget,
): Promise<CheckResult> => checker.check({ history, trace: traceOf([]), nodes: [] }, budget);

/** `valid`, `invalid (safety)`, `unknown (budget)` … */
export const verdictOf = async (...args: Parameters<typeof check>): Promise<string> =>
  describeVerdict((await check(...args)).verdict);

export const counterexampleOf = (result: CheckResult): LinearizabilityCounterexample =>
  result.findings[0]!.details as LinearizabilityCounterexample;
