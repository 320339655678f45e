/** What all parts of one run in Docker share. */
import { resolve, join } from 'node:path';
import type { NodeId } from '../../core/ids.ts';
import type { ClusterSpec } from '../../core/seams/runtime.ts';
import type { ServerPorts } from '../../core/seams/system.ts';
import type { ContainerSpec } from './container.ts';
import type { Docker } from './daemon.ts';
import type { RunImages } from './images.ts';
import type { Labels } from './labels.ts';
import type { RunNetwork } from './network.ts';

export interface DockerRun {
  readonly docker: Docker;
  readonly runId: string;
  readonly labels: Labels;
  readonly images: RunImages;
  readonly network: RunNetwork;
  readonly spec: ClusterSpec;
}

/** The name of a thing of the run: what it is called in Docker, and how Toxiproxy looks a node up. */
export const nameOf = (runId: string, what: string): string => `dsp-${runId}-${what}`;

/** A file of the run's folder, as the daemon's clients need it: absolute. */
export const runFile = ({ runFolder }: ClusterSpec, ...path: readonly string[]): string =>
  resolve(join(runFolder, ...path));

/** What the containers that serve a run, and are not under test, have in common. */
export const servantSpec = (
  { runId, labels, spec }: DockerRun,
  what: string,
): Pick<ContainerSpec, 'name' | 'role' | 'labels' | 'output'> => {
  const log = runFile(spec, 'docker.log');
  return {
    name: nameOf(runId, what),
    role: what,
    labels,
    output: { stdout: log, stderr: log },
  };
};

/** Where servers listen inside their containers, whose network is the run's own. */
export const everyAddress = '0.0.0.0';

/** Where nodes of ours listen in their containers, for peers and clients alike. */
const ownPorts: ServerPorts = { client: 7000, peers: [7000] };

/** The ports of the system's nodes. */
export const portsOf = ({ system }: ClusterSpec): ServerPorts =>
  system.node.kind === 'program' ? ownPorts : system.node.ports;

/** The other nodes, in their order. */
export const peersOf = ({ nodes }: ClusterSpec, node: NodeId): readonly NodeId[] =>
  nodes.filter((peer) => peer !== node);
