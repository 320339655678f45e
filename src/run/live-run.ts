/** Everything of a run while its cluster is there: start, settle, phases, end. Whoever calls it keeps what it records. */
import type { Entry, HistoryHeader } from '../core/history/entry.ts';
import { nodeIds } from '../core/ids.ts';
import type { Plan } from '../core/plan.ts';
import type { Cluster, Runtime } from '../core/seams/runtime.ts';
import type { Interpreter } from './interpreter.ts';
import { linksOpen } from './open-links.ts';
import { runPhases } from './phases.ts';
import type { Cast } from './plan.ts';
import { settle } from './settle.ts';

export interface LiveRun {
  readonly originNs: number;
  /** See `ClusterSpec`. */
  readonly runFolder: string;
  readonly keepDisks: boolean;
  readonly record: (entry: Entry) => void;
  /** One line of the run's log. */
  readonly say: (line: string) => void;
  readonly onStart: (interpreter: Interpreter, cluster: Cluster) => void;
  /** Heal and end. */
  readonly signal: AbortSignal;
  /** End now. */
  readonly stopNow: AbortSignal;
}

/** The header of a run that begins now. */
export const historyHeader = (runtime: Runtime): HistoryHeader => ({
  format: 'dsp-history',
  version: 1,
  originNs: runtime.clock.now(),
  startedAt: runtime.date().toISOString(),
});

/** Resolves when the cluster is gone; rejects when it could not be started, was lost, or the harness failed. */
export async function liveRun(
  plan: Plan,
  cast: Cast,
  runtime: Runtime,
  { originNs, runFolder, keepDisks, record, say, onStart, signal, stopNow }: LiveRun,
): Promise<void> {
  const { seed, bugs, options, images, readyTimeoutMs } = plan;
  const { system } = cast;
  const nodes = nodeIds(plan.nodes);
  const spec = { system, nodes, seed, bugs, options, images, runFolder, readyTimeoutMs, keepDisks };
  await using cluster = await runtime.start(spec, signal);
  say(`${plan.nodes} nodes are ready; links by ${cluster.toxiproxy}`);
  const untilLost = AbortSignal.any([signal, cluster.lost]);
  await settle(cluster, system, readyTimeoutMs, untilLost);
  await linksOpen(cluster, readyTimeoutMs, untilLost);
  say('the cluster has settled, and every link answers');
  await runPhases({
    plan,
    cast,
    cluster,
    originNs,
    record,
    signal: untilLost,
    stopNow: AbortSignal.any([stopNow, cluster.lost]),
    onStart: (interpreter) => onStart(interpreter, cluster),
  });
  cluster.lost.throwIfAborted();
}
