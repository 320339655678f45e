/** One run as the command line makes it: watched while it goes, and ended in good order by a signal. */
import type { Plan } from '../core/plan.ts';
import type { Systems } from '../run/plan.ts';
import { runPlan, type RunResult } from '../run/run.ts';
import { listenForInterruption } from './interruption.ts';
import { statusLine } from './progress/status.ts';
import { progressView } from './progress/view.ts';

export interface OneRunOptions {
  readonly systems: Systems;
  readonly outFolder: string;
  readonly keep: boolean;
  /** What stands above its progress. */
  readonly title: string;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly checkDeterminism: boolean;
}

export interface OneRun {
  /** Absent when it was stopped at once. */
  readonly result: RunResult | undefined;
  /** 130 or 143 when a signal ended it. */
  readonly interruptedBy: number | undefined;
}

/** Rejects when the run's folder cannot be made; every other failure is in its verdict. */
export async function oneRun(plan: Plan, options: OneRunOptions): Promise<OneRun> {
  await using view = progressView(options.title, options.quiet, statusLine);
  using interruption = listenForInterruption((first) => view.note(first ? onFirst : onSecond));
  try {
    const result = await runPlan(plan, {
      systems: options.systems,
      outFolder: options.outFolder,
      keep: options.keep,
      checkDeterminism: options.checkDeterminism,
      onProgress: (snapshot) => view.update(snapshot),
      onFolder: (folder) => options.verbose && view.note(folder),
      signal: interruption.graceful,
      stopNow: interruption.now,
    });
    return { result, interruptedBy: interruption.status };
  } catch (thrown) {
    if (!interruption.now.aborted) throw thrown;
    return { result: undefined, interruptedBy: interruption.status };
  }
}

const onFirst = 'interrupted: healing, then judging what there is; once more to stop at once';
const onSecond = 'stopping at once';
