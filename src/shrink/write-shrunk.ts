/** Makes the smallest run once more in a folder of its own, and writes the test that plays it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../store/read-history.ts';
import type { Systems } from '../run/plan.ts';
import { runPlan, type RunResult } from '../run/run.ts';
import { runFiles } from '../store/run-folder.ts';
import { failsAs, type Failure } from './same-failure.ts';
import type { ScheduledPlan } from './scheduled-plan.ts';
import { testFile } from './test-file.ts';

export interface WriteOptions {
  readonly systems: Systems;
  readonly outFolder: string;
  readonly trials: number;
  /** End now, unjudged. */
  readonly stopNow: AbortSignal;
}

export interface WrittenRun extends RunResult {
  /** Where the test is. */
  readonly test: string;
  /** False where chance has a part, and let it pass every time. */
  readonly fails: boolean;
}

/** Where chance has a part, the run is made as often as it takes to fail, within reason, and only the last is left. */
export async function writeShrunk(
  plan: ScheduledPlan,
  failure: Failure,
  options: WriteOptions,
): Promise<WrittenRun> {
  const { trials } = options;
  let runsLeft = plan.runtime === 'sim' ? 1 : trials * patience;
  let result = await runOnce(plan, options);
  while (!failsAs(failure, result.verdict) && --runsLeft > 0) {
    rmSync(result.folder, { recursive: true, force: true });
    result = await runOnce(plan, options);
  }
  const test = join(result.folder, runFiles.test);
  const { entries } = readHistory(result.folder);
  const { summary, replay } = result.verdict;
  const finding = failure.finding;
  writeFileSync(test, testFile({ plan, entries, finding, summary, replay, trials }));
  return { ...result, test, fails: failsAs(failure, result.verdict) };
}

/** So many times as often as a candidate is tried. */
const patience = 3;

const runOnce = (
  plan: ScheduledPlan,
  { systems, outFolder, stopNow }: WriteOptions,
): Promise<RunResult> =>
  runPlan(plan, {
    systems,
    outFolder,
    keep: false,
    signal: new AbortController().signal,
    stopNow,
  });
