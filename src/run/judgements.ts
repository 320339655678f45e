/** Which checkers judge a run, written down as data, and what they come to in a process of their own. */
import { systems } from '../../nodes/systems.ts';
import type { Budget, CheckerSpec } from '../core/seams/checker.ts';
import type { Plan } from '../core/plan.ts';
import type { CheckResult } from '../core/verdict.ts';
import { openJudge } from '../judge/judge.ts';
import { workloadOf, type Systems } from './plan.ts';

/**
 * The workload's judges, then those that judge every run, then the invariants of the system's patterns. The system itself
 * need not be known here.
 */
export function specsOf(plan: Plan): readonly CheckerSpec[] {
  const fixed = ['availability', 'unexpected-exits', ...invariantsOf(plan)];
  return [...workloadOf(plan).judges(), ...fixed.map((checker) => ({ checker }))];
}

const builtIn: Systems = systems;

const invariantsOf = ({ invariants, system }: Plan): readonly string[] =>
  invariants ?? builtIn[system]?.invariants ?? [];

/** What each checker may take. */
export const budgetOf = (plan: Plan): Budget => ({
  timeMsMax: plan.checkBudgetSeconds * 1000,
  memoryBytesMax: plan.checkMemoryMegabytes * 2 ** 20,
});

/** The results of all of them on the run in `folder`, each within the plan's budget. */
export async function judgementsOf(folder: string, plan: Plan): Promise<readonly CheckResult[]> {
  const budget = budgetOf(plan);
  await using judge = openJudge({ memoryBytesMax: budget.memoryBytesMax });
  const source = { kind: 'run', folder } as const;
  const { checks } = await judge.judge({ source, checks: specsOf(plan), budget });
  return checks.map(({ result }) => result);
}
