/** The nodes of a run as containers: each with a volume as its disk, and a hosts file in which a peer's name is its link. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { NodeId } from '../../core/ids.ts';
import { environmentError } from '../../core/errors.ts';
import type { NodeConfig, NodeProgram, Server } from '../../core/seams/system.ts';
import { nodeFolder } from '../nodes.ts';
import type { Launch, RunningNode } from '../nodes.ts';
import { serverNode } from '../server-node.ts';
import type { ContainerSpec, RunningContainer } from './container.ts';
import { killContainer, startAgain, startContainer, stateOf } from './container.ts';
import { daemonSaid } from './daemon.ts';
import type { DockerRun } from './docker-run.ts';
import { everyAddress, nameOf, peersOf, portsOf, runFile } from './docker-run.ts';
import type { Gate } from './gate.ts';
import { label } from './labels.ts';
import { pathInImage } from './node-image.ts';

export interface NodeContainers {
  readonly launch: Launch;
  /** Writes every node's disk into the run's folder, as `data.tar`. */
  keepDisks(): Promise<void>;
}

/** The run's nodes; each container is made when its node is first launched, and kept. */
export function nodeContainers(run: DockerRun, gate: Gate): NodeContainers {
  const { docker, spec } = run;
  const containers = new Map<NodeId, RunningContainer>();
  const { client } = portsOf(spec);
  return {
    async launch(node) {
      const before = containers.get(node);
      const wanted = containerOf(run, gate, node);
      if (before === undefined) await createDisk(run, node);
      const started =
        before === undefined
          ? await startContainer(docker, wanted)
          : await startAgain(before, wanted);
      containers.set(node, started);
      return nodeIn(started, client);
    },
    async keepDisks() {
      const folder = diskFolder(run);
      for (const [node, { container }] of containers) {
        const disk = await container.getArchive({ path: folder });
        const path = `${nodeFolder(spec.runFolder, node)}/data.tar`;
        await pipeline(disk, createWriteStream(path));
      }
    },
  };
}

function nodeIn(running: RunningContainer, clientPort: number): RunningNode {
  const { container, ended } = running;
  return {
    address: { host: '127.0.0.1', port: running.hostPort(clientPort) },
    ended: ended.then(({ how }) => how),
    state: () => stateOf(container),
    kill: () => killContainer(running),
    async pause() {
      await container.pause();
    },
    async resume() {
      if ((await stateOf(container)) === 'paused') await container.unpause();
    },
  };
}

const defaultDiskFolder = '/data';

const diskFolder = ({ spec: { system } }: DockerRun): string =>
  (system.node.kind === 'server' ? system.node.dataFolder : undefined) ?? defaultDiskFolder;

const diskName = ({ runId }: DockerRun, node: NodeId): string => nameOf(runId, node);

async function createDisk(run: DockerRun, node: NodeId): Promise<void> {
  const labels = { ...run.labels, [label.role]: `disk of ${node}` };
  try {
    await run.docker.createVolume({ Name: diskName(run, node), Labels: labels });
  } catch (cause) {
    const said = daemonSaid(cause);
    throw environmentError(`Docker made no volume for ${node}: ${said}`, undefined, cause);
  }
}

function containerOf(run: DockerRun, gate: Gate, node: NodeId): ContainerSpec {
  const { spec, runId } = run;
  const kind = spec.system.node;
  const log = (name: string) => runFile(spec, 'nodes', node, name);
  const hosts = peersOf(spec, node).map((to) => [to, gate.linkHost({ from: node, to })]);
  return {
    name: nameOf(runId, node),
    role: `node ${node}`,
    labels: run.labels,
    network: run.network.name,
    hostname: node,
    hosts: Object.fromEntries(hosts),
    ports: [portsOf(spec).client],
    output: { stdout: log('stdout.log'), stderr: log('stderr.log') },
    ...(kind.kind === 'program'
      ? programContainer(kind, run, node)
      : serverContainer(kind, run, node)),
  };
}

type Contents = Pick<ContainerSpec, 'image' | 'command' | 'environment' | 'mounts' | 'user'>;

/** Where a node of ours finds the run's folder for it; what it traces outlives the container. */
const traceFolder = '/run/dsp';

function programContainer({ module }: NodeProgram, run: DockerRun, node: NodeId): Contents {
  const { spec, images } = run;
  const ports = portsOf(spec);
  const peers = peersOf(spec, node).map((peer) => [peer, { host: peer, port: ports.client }]);
  const config: NodeConfig = {
    id: node,
    listen: { host: everyAddress, port: ports.client },
    peers: Object.fromEntries(peers),
    endsWithStdin: false,
    dataFolder: defaultDiskFolder,
    traceFile: `${traceFolder}/trace.jsonl`,
    seed: `${spec.seed}/node/${node}`,
    bugs: spec.bugs,
    options: spec.options,
  };
  return {
    image: images.node,
    command: ['node', pathInImage(module)],
    environment: { DSP_NODE: JSON.stringify(config) },
    mounts: {
      [defaultDiskFolder]: diskName(run, node),
      [traceFolder]: runFile(spec, 'nodes', node),
    },
    user: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
  };
}

function serverContainer(server: Server, run: DockerRun, node: NodeId): Contents {
  const dataFolder = diskFolder(run);
  const told = serverNode(run.spec, node, { listenHost: everyAddress, dataFolder });
  const command = server.command?.(told);
  return {
    image: run.images.server!,
    ...(command === undefined ? {} : { command }),
    environment: server.environment?.(told) ?? {},
    mounts: { [dataFolder]: diskName(run, node) },
  };
}
