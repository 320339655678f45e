/** The nodes of one cluster on this host: the runtime seam's `Nodes`, over one process each. */
import { join } from 'node:path';
import { environmentError } from '../../core/errors.ts';
import type { NodeId } from '../../core/ids.ts';
import type { ClusterSpec, Nodes, NodeState } from '../../core/seams/runtime.ts';
import type { Address, NodeConfig, NodeStatus } from '../../core/seams/system.ts';
import { hostClock, nsPerMs, sleep, trueTimeNow } from '../../core/time.ts';
import { groupState } from './group.ts';
import { lastWords, startNode } from './node-process.ts';
import type { NodeProcess } from './node-process.ts';
import type { Supervisor } from './supervisor.ts';

const statusTimeoutMs = 500;
const readyPollMs = 20;

export interface NodePlaces {
  /** Where a node listens. */
  listen(node: NodeId): Address;
  /** Where the link from one node to another begins. */
  link(from: NodeId, to: NodeId): Address;
}

export interface ProcessNodes extends Nodes, AsyncDisposable {
  startAll(signal: AbortSignal): Promise<void>;
}

/** All nodes of the spec, none of them started yet. */
export function processNodes(
  spec: ClusterSpec,
  places: NodePlaces,
  supervisor: Supervisor,
): ProcessNodes {
  const processes = new Map<NodeId, NodeProcess>();
  const expectedEnds = new Set<NodeProcess>();
  const listeners: ((node: NodeId, how: string) => void)[] = [];
  const folderOf = (node: NodeId) => join(spec.runFolder, 'nodes', node);

  const stateOf = (node: NodeId): NodeState => {
    const running = processes.get(node);
    const state = running === undefined ? 'gone' : groupState(running.pid);
    return state === 'gone' ? 'dead' : state === 'stopped' ? 'paused' : 'running';
  };

  const start = (node: NodeId): NodeProcess => {
    const started = startNode(
      spec.system.program,
      configOf(spec, places, node, folderOf(node)),
      folderOf(node),
      supervisor,
    );
    processes.set(node, started);
    void started.ended.then((how) => {
      if (!expectedEnds.has(started)) for (const listener of listeners) listener(node, how);
    });
    return started;
  };

  const kill = async (node: NodeId): Promise<void> => {
    const running = processes.get(node);
    if (running === undefined) return;
    expectedEnds.add(running);
    await running.kill();
  };

  const status = async (
    node: NodeId,
    timeoutMs = statusTimeoutMs,
  ): Promise<NodeStatus | undefined> => {
    try {
      return await spec.system.status(places.listen(node), timeoutMs);
    } catch {
      return undefined;
    }
  };

  /** Resolves when the node answers; throws when it dies first or takes too long. */
  const ready = async (node: NodeId, started: NodeProcess, signal?: AbortSignal): Promise<void> => {
    const deadline = trueTimeNow() + spec.readyTimeoutMs * nsPerMs;
    let ended: string | undefined;
    void started.ended.then((how) => (ended = how));
    while ((await status(node)) === undefined) {
      signal?.throwIfAborted();
      if (ended !== undefined) throw diedAtStart(node, ended, folderOf(node));
      if (trueTimeNow() > deadline) {
        throw environmentError(
          `node ${node} did not answer within ${spec.readyTimeoutMs} ms of its start`,
          `see ${folderOf(node)}/stderr.log`,
        );
      }
      await sleep(hostClock, readyPollMs * nsPerMs);
    }
  };

  return {
    ids: spec.nodes,
    kill,
    status,
    state: async (node) => stateOf(node),
    pause: async (node) => processes.get(node)?.stop(),
    resume: async (node) => processes.get(node)?.continue(),
    async restart(node) {
      await kill(node);
      await ready(node, start(node));
    },
    onUnexpectedExit: (listener) => void listeners.push(listener),
    async startAll(signal) {
      const started = spec.nodes.map((node) => [node, start(node)] as const);
      await Promise.all(started.map(([node, each]) => ready(node, each, signal)));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(spec.nodes.map(kill));
    },
  };
}

function configOf(spec: ClusterSpec, places: NodePlaces, node: NodeId, folder: string): NodeConfig {
  const peers = spec.nodes
    .filter((peer) => peer !== node)
    .map((peer) => [peer, places.link(node, peer)] as const);
  return {
    id: node,
    listen: places.listen(node),
    peers: Object.fromEntries(peers),
    dataFolder: join(folder, 'data'),
    traceFile: join(folder, 'trace.jsonl'),
    seed: `${spec.seed}/node/${node}`,
    bugs: spec.bugs,
    options: spec.options,
  };
}

function diedAtStart(node: NodeId, how: string, folder: string): Error {
  const words = lastWords(folder);
  return environmentError(
    `node ${node} died at its start: ${how}${words === undefined ? '' : `, saying "${words}"`}`,
    `see ${folder}/stderr.log`,
  );
}
