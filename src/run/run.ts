/**
 * One run, from its plan to its verdict.
 *
 * The folder with the plan is there before anything starts; the history is appended as it happens; the cluster is gone
 * before the history is judged. A failure of the harness or of the environment ends in a verdict file too: it says
 * `error`, unless what had been recorded by then is a safety violation, which is hidden by nothing.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DspError, firstFailure, messageOf } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Cluster } from '../core/seams/runtime.ts';
import type { NodeId } from '../core/ids.ts';
import { nodeIds } from '../core/ids.ts';
import { nsPerSecond, trueTimeNow } from '../core/time.ts';
import { openHistoryWriter } from '../store/history-writer.ts';
import { openRunLog } from '../store/run-log.ts';
import type { RunLog } from '../store/run-log.ts';
import { createRunFolder, runFiles, writeVerdict } from '../store/run-folder.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { currentLeader } from '../../nemeses/targets.ts';
import type { Interpreter } from './interpreter.ts';
import type { Progress } from './interpreter/progress.ts';
import { judgeRun } from './judge.ts';
import { linksOpen } from './open-links.ts';
import { runPhases } from './phases.ts';
import { castOf, type Systems } from './plan.ts';
import { settle } from './settle.ts';

/** The steps of a run as its watcher sees them; the first and the last two are outside the history's phases. */
export interface RunSnapshot {
  readonly step: 'set-up' | 'load' | 'heal' | 'recover' | 'final-reads' | 'stop' | 'check';
  readonly elapsedSeconds: number;
  readonly progress: Progress | undefined;
  readonly leader: NodeId | undefined;
}

export interface RunOptions {
  /** Where the plan's system is found. */
  readonly systems: Systems;
  readonly outFolder: string;
  /** Keep the nodes' disks in the run's folder. */
  readonly keep: boolean;
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
  writeVerdict(folder, verdict);
  return { folder, verdict };
}

/** Everything while the cluster is there. */
async function live(plan: Plan, folder: string, options: RunOptions, log: RunLog): Promise<void> {
  const cast = castOf(plan, options.systems);
  const originNs = trueTimeNow();
  const header = {
    format: 'dsp-history',
    version: 1,
    originNs,
    startedAt: new Date().toISOString(),
  } as const;
  await using writer = openHistoryWriter(join(folder, runFiles.history), header);
  const seconds = () => (trueTimeNow() - originNs) / nsPerSecond;
  await using watch = watcher(options, seconds);
  const spec = {
    system: cast.system,
    nodes: nodeIds(plan.nodes),
    seed: plan.seed,
    bugs: plan.bugs,
    options: plan.options,
    images: plan.images,
    runFolder: folder,
    readyTimeoutMs: plan.readyTimeoutMs,
    keepDisks: options.keep,
  };
  await using cluster = await cast.runtime.make(plan).start(spec, options.signal);
  log.say(`${plan.nodes} nodes are ready; links by ${cluster.toxiproxy}`);
  const signal = AbortSignal.any([options.signal, cluster.lost]);
  await settle(cluster, cast.system, plan.readyTimeoutMs, signal);
  await linksOpen(cluster, plan.readyTimeoutMs, signal);
  log.say('the cluster has settled, and every link answers');
  await runPhases({
    plan,
    cast,
    cluster,
    originNs,
    record: (entry) => writer.append(entry),
    signal,
    stopNow: AbortSignal.any([options.stopNow, cluster.lost]),
    onStart: (interpreter) => watch.follow(interpreter, cluster),
  });
  cluster.lost.throwIfAborted();
  watch.stopping();
}

const watchIntervalMs = 500;

/** Tells the run's watcher how it goes; asks for the leader no more often than that. */
function watcher({ onProgress }: RunOptions, seconds: () => number) {
  let interpreter: Interpreter | undefined;
  let cluster: Cluster | undefined;
  let leader: NodeId | undefined;
  let stopping = false;
  const tell = () => {
    const progress = interpreter?.progress();
    const step = stopping ? 'stop' : ((progress?.phase ?? 'set-up') as RunSnapshot['step']);
    onProgress?.({ step, elapsedSeconds: seconds(), progress, leader });
    if (cluster !== undefined && !stopping)
      void currentLeader(cluster.nodes).then((found) => (leader = found));
  };
  const timer = onProgress === undefined ? undefined : setInterval(tell, watchIntervalMs);
  return {
    follow(started: Interpreter, running: Cluster) {
      [interpreter, cluster] = [started, running];
    },
    stopping: () => void (stopping = true),
    [Symbol.asyncDispose]: async () => clearInterval(timer),
  };
}

function removeDisks(folder: string, plan: Plan): void {
  for (const node of nodeIds(plan.nodes)) {
    rmSync(join(folder, runFiles.nodes, node, 'data'), { recursive: true, force: true });
  }
}

/** What failed is said beside what there was to judge. */
function withFailure(judged: VerdictFile, failure: unknown): VerdictFile {
  const error = messageOf(failure);
  const errorCode =
    failure instanceof DspError && failure.code === 'environment' ? 'environment' : 'harness';
  const hint =
    failure instanceof DspError && failure.hint !== undefined ? { errorHint: failure.hint } : {};
  const said = { error, errorCode, ...hint } as const;
  if (judged.verdict === 'invalid' && judged.kind === 'safety') return { ...judged, ...said };
  const { kind: _, reason: __, ...rest } = judged;
  return { ...rest, ...said, verdict: 'error', summary: error };
}
