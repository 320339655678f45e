/**
 * Judges a run from its folder alone: plan, history and traces in, verdict out. The same folder gives the same verdict
 * whenever it is judged, with no cluster; only what a budget cut short may differ.
 */
import type { Plan } from '../core/plan.ts';
import { readHistory } from '../store/read-history.ts';
import { readPlan } from '../store/run-folder.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { judgementsOf } from './judgements.ts';
import { recheckCommand, replayFolderCommand } from './replay.ts';
import { verdictFrom } from './verdict-from.ts';

/** What each checker may take. */
export type PlannedBudget = Pick<Plan, 'checkBudgetSeconds' | 'checkMemoryMegabytes'>;

/**
 * What `verdict.json` of the run in `folder` should say, within its plan's budget or another. Throws a data error for a
 * folder that cannot be read.
 */
export async function judgeRun(
  folder: string,
  budget: Partial<PlannedBudget> = {},
): Promise<VerdictFile> {
  const plan: Plan = { ...readPlan(folder), ...budget };
  const history = readHistory(folder);
  const started = performance.now();
  const checks = await judgementsOf(folder, plan);
  const checkSeconds = (performance.now() - started) / 1000;
  return {
    ...verdictFrom(plan, history, checks, checkSeconds),
    ...(plan.schedule === undefined ? {} : { replay: replayFolderCommand(folder) }),
    recheck: recheckCommand(folder),
  };
}
