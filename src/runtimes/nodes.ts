/**
 * The nodes of one cluster, whatever they run in: the runtime seam's `Nodes`, over something that can launch one.
 *
 * A node is ready when it answers the controller's question about itself. Ends that nobody asked for are told on.
 */
import { join } from 'node:path';
import { environmentError, harnessError } from '../core/errors.ts';
import type { NodeId } from '../core/ids.ts';
import type { ClusterSpec, Nodes, NodeState } from '../core/seams/runtime.ts';
import type { Address, NodeStatus } from '../core/seams/system.ts';
import { hostClock, nsPerMs, sleep, trueTimeNow } from '../core/time.ts';
import { lastWords } from './last-words.ts';

const statusTimeoutMs = 500;
const readyPollMs = 20;

/** A node that has been started, ready or not. */
export interface RunningNode {
  /** Where it answers the controller, beside all links. */
  readonly address: Address;
  /** Resolves when it has ended, with how: `exit code 3`, `SIGKILL`. */
  readonly ended: Promise<string>;
  /** Looked up, not remembered. */
  state(): Promise<NodeState>;
  /** Resolves when all its processes are gone. */
  kill(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** Starts a node that does not run, on the disk that it left. */
export type Launch = (node: NodeId) => Promise<RunningNode>;

export interface LaunchedNodes extends Nodes, AsyncDisposable {
  startAll(signal: AbortSignal): Promise<void>;
}

/** Where a node of the run writes for people and checkers. */
export const nodeFolder = (runFolder: string, node: NodeId): string =>
  join(runFolder, 'nodes', node);

/** All nodes of the spec, none of them started yet. Disposing of them kills those that run. */
export function launchedNodes(spec: ClusterSpec, launch: Launch): LaunchedNodes {
  const running = new Map<NodeId, RunningNode>();
  const launches = new Set<Promise<unknown>>();
  let closed = false;
  const expectedEnds = new Set<RunningNode>();
  const listeners: ((node: NodeId, how: string) => void)[] = [];

  const start = async (node: NodeId): Promise<RunningNode> => {
    if (closed) throw harnessError(`${node} was to be started after the end of its cluster`);
    const launching = launch(node).then((started) => {
      running.set(node, started);
      return started;
    });
    launches.add(launching);
    const started = await launching.finally(() => launches.delete(launching));
    void started.ended.then((how) => {
      if (!expectedEnds.has(started)) for (const listener of listeners) listener(node, how);
    });
    return started;
  };

  const kill = async (node: NodeId): Promise<void> => {
    const victim = running.get(node);
    if (victim === undefined) return;
    expectedEnds.add(victim);
    await victim.kill();
  };

  const status = async (
    node: NodeId,
    timeoutMs = statusTimeoutMs,
  ): Promise<NodeStatus | undefined> => {
    const asked = running.get(node);
    if (asked === undefined) return undefined;
    try {
      return await spec.system.status(asked.address, timeoutMs, node);
    } catch {
      return undefined;
    }
  };

  /** Resolves when the node answers; throws when it dies first or takes too long. */
  const ready = async (node: NodeId, started: RunningNode, signal?: AbortSignal): Promise<void> => {
    const folder = nodeFolder(spec.runFolder, node);
    const deadline = trueTimeNow() + spec.readyTimeoutMs * nsPerMs;
    let ended: string | undefined;
    void started.ended.then((how) => (ended = how));
    while ((await status(node)) === undefined) {
      signal?.throwIfAborted();
      if (ended !== undefined) throw diedAtStart(node, ended, folder);
      if (trueTimeNow() > deadline) {
        throw environmentError(
          `node ${node} did not answer within ${spec.readyTimeoutMs} ms of its start`,
          `see ${folder}/stderr.log`,
        );
      }
      await sleep(hostClock, readyPollMs * nsPerMs);
    }
  };

  return {
    ids: spec.nodes,
    kill,
    status,
    state: async (node) => (await running.get(node)?.state()) ?? 'dead',
    pause: async (node) => running.get(node)?.pause(),
    resume: async (node) => running.get(node)?.resume(),
    async restart(node) {
      await kill(node);
      await ready(node, await start(node));
    },
    onUnexpectedExit: (listener) => void listeners.push(listener),
    async startAll(signal) {
      await Promise.all(spec.nodes.map(async (node) => ready(node, await start(node), signal)));
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.allSettled(launches);
      await Promise.all(spec.nodes.map(kill));
    },
  };
}

function diedAtStart(node: NodeId, how: string, folder: string): Error {
  const words = lastWords(folder);
  return environmentError(
    `node ${node} died at its start: ${how}${words === undefined ? '' : `, saying "${words}"`}`,
    `see ${folder}/stderr.log`,
  );
}
