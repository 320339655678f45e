/** A cluster of the replicated log under virtual time and in fair weather, settled, for tests of what is done to one. */
import { replicatedLog } from '../../nodes/replicated-log/system.ts';
import type { Cluster, ClusterSpec } from '../../src/core/seams/runtime.ts';
import type { Traced } from '../../src/core/trace.ts';
import { settle } from '../../src/run/settle.ts';
import { outputInMemory } from '../../src/runtimes/sim/output.ts';
import { simRuntime } from '../../src/runtimes/sim/runtime.ts';
import type { Simulation } from '../../src/runtimes/sim/runtime.ts';
import { clusterSpec } from './cluster-spec.ts';

export interface SimulatedCluster extends Cluster {
  /** All that the nodes traced. */
  readonly events: readonly Traced[];
}

/** Nothing of it is written anywhere. */
export async function simulatedCluster(
  spec: Partial<ClusterSpec> = {},
  simulation: Simulation = {},
): Promise<SimulatedCluster> {
  const output = outputInMemory();
  const runtime = simRuntime({ output, ...simulation });
  const options = { 'sim.weather': 'fair', ...spec.options };
  const given = clusterSpec({ system: replicatedLog, runFolder: 'nowhere', ...spec, options });
  const cluster = await runtime.start(given, never);
  await settle(cluster, replicatedLog, 30_000, never);
  return { ...cluster, events: output.events };
}

const never = new AbortController().signal;
