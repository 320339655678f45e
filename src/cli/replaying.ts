/**
 * Makes a recorded run again. Under the simulator that is the same run, or else something has changed, and the first line that differs is
 * named; elsewhere it is the recorded schedule of operations and faults, and whether it fails again is up to the machine.
 */
import type { Plan } from '../core/plan.ts';
import { scheduleOf } from '../core/schedule.ts';
import { shortened, visibleLine } from '../core/visible-text.ts';
import { readHistory } from '../store/read-history.ts';
import { compareRuns, linesInFolder, type Comparison } from '../run/same-run.ts';
import { print, say } from './output.ts';
import type { RecordedRun } from './recorded-run.ts';
import { runAll, type RunAllOptions } from './run-all.ts';

export interface ReplayOptions extends Pick<RunAllOptions, 'out' | 'json' | 'quiet' | 'verbose'> {
  readonly times: number;
}

/** Resolves to the exit status: that of the worst verdict. */
export async function replay(
  { folder, plan, systems }: RecordedRun,
  { times, ...options }: ReplayOptions,
): Promise<number> {
  const history = readHistory(folder);
  const exact = plan.runtime === 'sim';
  const again: Plan =
    exact || plan.schedule !== undefined
      ? plan
      : { ...plan, schedule: scheduleOf(history.entries, plan.concurrency) };
  const tell = options.json ? say : print;
  return runAll(Array<Plan>(times).fill(again), {
    ...options,
    systems,
    repeat: times,
    untilFail: false,
    keep: false,
    checkDeterminism: false,
    onResult: (result) => {
      if (exact)
        tell(comparisonText(compareRuns(linesInFolder(folder), linesInFolder(result.folder))));
    },
  });
}

const lineMax = 300;

function comparisonText(comparison: Comparison): string {
  if (comparison.same)
    return `the same byte for byte as recorded: ${comparison.historyLines} lines of history, ${comparison.traceLines} of traces`;
  const { file, line, recorded, replayed } = comparison.difference;
  return [
    `not the same as recorded: ${file} differs from line ${line} on; the code has changed since, or the recorded run was stopped`,
    `  recorded  ${lineText(recorded)}`,
    `  now       ${lineText(replayed)}`,
  ].join('\n');
}

const lineText = (line: string | undefined): string =>
  line === undefined ? 'nothing more' : visibleLine(shortened(line, lineMax));
