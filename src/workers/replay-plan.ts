/** Plays a plan from a program, a test say: what a shrunk run's own test calls. */
import { harnessError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { checkSchedule } from '../store/check-schedule.ts';
import type { BriefVerdict } from './task.ts';

export type PlayedPlan = BriefVerdict;

/**
 * Runs the plan and judges it, in this process; nothing is left of it. Under the simulator the same plan gives the same run. A
 * system of one's own is looked for in the configuration that the plan names, or else in that of the working folder. Rejects where the run itself
 * failed, so that no findings always means that it was judged.
 */
export async function replayPlan(plan: Plan): Promise<PlayedPlan> {
  checkSchedule(plan, 'the plan');
  // Loaded here, for a configuration that imports dsp-harness needs nothing of it.
  const { perform } = await import('./perform.ts');
  const never = new AbortController().signal;
  const mode = plan.runtime === 'sim' ? 'simulate' : 'run';
  const task = { mode, plan, secondsMax: Number.POSITIVE_INFINITY } as const;
  const { verdict } = await perform(task, { signal: never, stopNow: never });
  if (verdict.error !== undefined && verdict.verdict === 'error')
    throw harnessError(`the plan could not be run: ${verdict.error}`);
  if (verdict.verdict === 'unknown' && verdict.reason !== 'vacuous')
    throw harnessError(`the plan's run could not be judged: ${verdict.summary}`);
  return verdict;
}
