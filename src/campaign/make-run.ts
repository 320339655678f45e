/**
 * Makes one run of a campaign by a worker, and says in a row what it came to.
 *
 * Where time is virtual, a run is made in memory; of one that is not valid the folder is wanted, so it is made again, in its
 * folder: the same plan gives the same run. Elsewhere it is made in its folder at once, and that is dropped where nobody wants it.
 */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { verdictWords } from '../gate/judged-run.ts';
import { writeGateFiles } from '../gate/write-gate-files.ts';
import { renderReport } from '../report/render.ts';
import type { Judged, Outcome, Task } from '../workers/task.ts';
import type { Worker } from '../workers/worker.ts';
import { isVirtual } from './runtime.ts';
import type { Campaign, PlannedRun } from './campaign.ts';
import { campaignFiles } from './campaign-folder.ts';
import { rowOf, type Row } from './row.ts';

export interface MakeRunOptions extends Pick<Campaign, 'keep' | 'runSecondsMax'> {
  /** The campaign's. */
  readonly folder: string;
  /** Heal, judge what there is. */
  readonly signal: AbortSignal;
  /** Told what went wrong beside the run. */
  readonly onNote: (line: string) => void;
}

/** Undefined where the run was stopped before there was anything to say. */
export async function makeRun(
  run: PlannedRun,
  worker: Worker,
  options: MakeRunOptions,
): Promise<Row | undefined> {
  const { keep, folder, runSecondsMax: secondsMax, signal } = options;
  const { plan } = run;
  const inFolder: Task = {
    mode: 'run',
    plan,
    secondsMax,
    ...(keep === 'none' ? {} : { outFolder: join(folder, campaignFiles.runs) }),
  };
  if (!isVirtual(plan) || keep === 'all') {
    const outcome = await worker.run(inFolder, signal);
    return await kept(rowOf(run, outcome), outcome, options);
  }
  const outcome = await worker.run({ mode: 'simulate', plan, secondsMax }, signal);
  const row = rowOf(run, outcome);
  if (row === undefined || row.verdict === 'valid' || outcome.how !== 'judged') return row;
  if (keep === 'none') return row;
  const again = await worker.run(inFolder, signal);
  if (again.how === 'judged' && !again.verdict.interrupted && differs(outcome, again))
    return repeatedOtherwise(row, outcome, again, folder);
  return await kept(row, again, options);
}

/** The row with the run's folder and its report, or without the folder that nobody wants. */
async function kept(
  row: Row | undefined,
  outcome: Outcome,
  { folder, keep, onNote }: MakeRunOptions,
): Promise<Row | undefined> {
  if (outcome.how !== 'judged' || outcome.folder === undefined) return row;
  if (row === undefined || (row.verdict === 'valid' && keep !== 'all')) {
    rmSync(outcome.folder, { recursive: true, force: true });
    return row;
  }
  try {
    writeGateFiles(outcome.folder);
    await renderReport(outcome.folder);
  } catch (thrown) {
    onNote(`the report of ${outcome.folder} could not be written: ${messageOf(thrown)}`);
  }
  return { ...row, folder: relative(folder, outcome.folder) };
}

/** A check that ran out of time was cut short by the host, which no seed rules: that is no contradiction. */
const differs = (a: Judged, b: Judged): boolean =>
  verdictWords(a.verdict) !== verdictWords(b.verdict) &&
  ![a, b].some(({ verdict }) => verdict.reason === 'budget');

/** Then nothing that was said of other seeds can be believed either: it must be seen. */
function repeatedOtherwise(row: Row, first: Judged, again: Judged, folder: string): Row {
  const { kind: _, reason: __, ...rest } = row;
  return {
    ...rest,
    verdict: 'error',
    errorCode: 'harness',
    summary: `the same plan came to ${verdictWords(first.verdict)} and then to ${verdictWords(again.verdict)}: ${first.verdict.summary}`,
    ...(again.folder === undefined ? {} : { folder: relative(folder, again.folder) }),
  };
}
