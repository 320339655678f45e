/**
 * One run, from its plan to its verdict.
 *
 * The folder with the plan is there before anything starts; the history is appended as it happens; the cluster is gone
 * before the history is judged. A failure of the harness or of the environment ends in a verdict file too: it says
 * `error`, unless what had been recorded by then is a safety violation, which is hidden by nothing.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { firstFailure, harnessError, messageOf } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { nodeIds } from '../core/ids.ts';
import { openHistoryWriter } from '../store/history-writer.ts';
import { openRunLog } from '../store/run-log.ts';
import type { RunLog } from '../store/run-log.ts';
import { createRunFolder, runFiles, writeVerdict } from '../store/run-folder.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { differences } from './determinism.ts';
import { judgeRun } from './judge.ts';
import { historyHeader, liveRun } from './live-run.ts';
import { castOf, type Systems } from './plan.ts';
import { recordMessages } from './record-messages.ts';
import { watchRun, type RunSnapshot } from './watch.ts';
import { withFailure } from './with-failure.ts';

export interface RunOptions {
  /** Where the plan's system is found. */
  readonly systems: Systems;
  readonly outFolder: string;
  /** Keep the nodes' disks in the run's folder. */
  readonly keep: boolean;
  /** Make a simulated run twice; one that does not repeat is an error of the harness. */
  readonly checkDeterminism?: boolean;
  /** Called about twice a second. */
  readonly onProgress?: (snapshot: RunSnapshot) => void;
  /** Told of the run's folder as soon as it is there. */
  readonly onFolder?: (folder: string) => void;
  /** Heal, judge what there is, end. */
  readonly signal: AbortSignal;
  /** End now, unjudged. */
  readonly stopNow: AbortSignal;
}

export interface RunResult {
  readonly folder: string;
  readonly verdict: VerdictFile;
}

/** Runs the plan. Rejects only when the folder cannot be made or `stopNow` came: everything else is in the verdict. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunResult> {
  const folder = createRunFolder(options.outFolder, plan, new Date());
  options.onFolder?.(folder);
  await using log = openRunLog(join(folder, runFiles.log));
  log.say(`seed ${plan.seed}`);
  const failure = await live(plan, folder, options, log).then(() => undefined, firstFailure);
  if (!options.keep) removeDisks(folder, plan);
  options.stopNow.throwIfAborted();
  options.onProgress?.({
    step: 'check',
    elapsedSeconds: 0,
    progress: undefined,
    leader: undefined,
  });
  const judged = await judgeRun(folder);
  const verdict =
    failure === undefined || failure === options.signal.reason
      ? judged
      : withFailure({ ...judged, interrupted: options.signal.aborted }, failure);
  if (failure !== undefined)
    log.say(`failed: ${failure instanceof Error ? (failure.stack ?? '') : messageOf(failure)}`);
  log.say(`verdict ${verdict.verdict}: ${verdict.summary}`);
  if (plan.runtime === 'sim' && !verdict.interrupted && failure === undefined)
    await recordMessages(folder, plan, options.systems, verdict.findings);
  writeVerdict(folder, verdict);
  return { folder, verdict };
}

/** Everything while the cluster is there; the history is written as it happens. */
async function live(plan: Plan, folder: string, options: RunOptions, log: RunLog): Promise<void> {
  const cast = castOf(plan, options.systems);
  const runtime = cast.runtime.make(plan);
  const header = historyHeader(runtime);
  await using writer = openHistoryWriter(join(folder, runFiles.history), header);
  await using watch = watchRun(runtime, header.originNs, options.onProgress);
  await liveRun(plan, cast, runtime, {
    originNs: header.originNs,
    runFolder: folder,
    keepDisks: options.keep,
    record: (entry) => writer.append(entry),
    say: (line) => log.say(line),
    onStart: (interpreter, cluster) => watch.follow(interpreter, cluster),
    signal: options.signal,
    stopNow: options.stopNow,
  });
  watch.stopping();
  writer.flush();
  if (options.checkDeterminism === true) await refuseDifferences(plan, folder, options);
}

async function refuseDifferences(plan: Plan, folder: string, options: RunOptions): Promise<void> {
  const found = await differences(folder, plan, options.systems, options.signal);
  if (found.length > 0)
    throw harnessError(`the run does not repeat: ${found.slice(0, differencesMax).join('; ')}`);
}

const differencesMax = 3;

function removeDisks(folder: string, plan: Plan): void {
  for (const node of nodeIds(plan.nodes)) {
    rmSync(join(folder, runFiles.nodes, node, 'data'), { recursive: true, force: true });
  }
}
