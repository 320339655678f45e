/** From a recorded run that failed to the smallest plan that fails like it. */
import { usageError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { scheduleOf } from '../core/schedule.ts';
import { judgeRun } from '../run/judge.ts';
import { readHistory } from '../store/read-history.ts';
import { checkPlan, type Systems } from '../run/plan.ts';
import { hasVerdict, readVerdict } from '../store/run-folder.ts';
import { openWorker } from '../workers/worker.ts';
import { failureOf, type Failure } from './same-failure.ts';
import type { ScheduledPlan } from './scheduled-plan.ts';
import { shrink, type ShrinkProgress, type Shrunk } from './shrink.ts';
import { howOften, tryCandidate } from './trials.ts';

/** A run that is worth shrinking. */
export interface FailedRun {
  readonly failure: Failure;
  /** Its load as it was recorded. */
  readonly start: ScheduledPlan;
}

export interface ShrinkRunOptions {
  readonly systems: Systems;
  readonly trials: number;
  /** After which no more candidates are tried; it begins when the run has been seen to fail again. */
  readonly budgetMs: number;
  /** No more candidates; the one that is being tried ends in good order. */
  readonly signal: AbortSignal;
  /** That one is given up too. */
  readonly stopNow: AbortSignal;
  readonly onProgress: (progress: ShrinkProgress) => void;
}

/** Reads the run of `plan` in `folder`; throws a usage error for one that did not fail. */
export async function failedRun(folder: string, plan: Plan): Promise<FailedRun> {
  const history = readHistory(folder);
  const verdict = hasVerdict(folder) ? readVerdict(folder) : await judgeRun(folder);
  const failure = failureOf(verdict);
  if (failure === undefined)
    throw usageError(
      `there is nothing to shrink: ${folder} is ${verdict.verdict}, and only an invalid run can be made smaller`,
      'dsp test --until-fail goes on until a run is',
    );
  const schedule = plan.schedule ?? scheduleOf(history.entries, plan.concurrency);
  return { failure, start: { ...plan, schedule } };
}

/** Undefined if the run does not even fail as it was recorded. Leaves no process running, and no folder. */
export async function shrinkRun(
  { failure, start }: FailedRun,
  { systems, trials, budgetMs, signal: interrupted, stopNow, onProgress }: ShrinkRunOptions,
): Promise<Shrunk | undefined> {
  const { nodesMin } = checkPlan(start, systems).system;
  await using worker = openWorker({ memoryMegabytes: start.checkMemoryMegabytes });
  stopNow.addEventListener('abort', () => void worker[Symbol.asyncDispose](), { once: true });
  const often = await howOften(start, { worker, failure, trials, signal: interrupted });
  if (often === undefined) return undefined;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(budgetMs)]);
  const stillFails = (candidate: ScheduledPlan, smallest: ScheduledPlan) =>
    tryCandidate(candidate, often, { worker, failure, trials, signal, smallest });
  // Awaited here, for the worker is there only until this returns.
  return await shrink(start, { nodesMin, stillFails, signal, onProgress });
}
