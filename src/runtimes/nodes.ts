/**
 * The nodes of one cluster, whatever they run in: the runtime seam's `Nodes`, over something that can launch one.
 *
 * A node is ready when it answers the controller's question about itself. Ends that nobody asked for are told on. What
 * is done to one node is done in turn: who kills a node that is being started kills what was started, and who restarts one
 * that is being restarted waits for the same start, as two nemeses do that heal at once.
 */
import { join } from 'node:path';
import { environmentError, harnessError } from '../core/errors.ts';
import type { NodeId } from '../core/ids.ts';
import type { ClusterSpec, Nodes, NodeState } from '../core/seams/runtime.ts';
import type { Address, NodeStatus } from '../core/seams/system.ts';
import { hostClock, nsPerMs, sleep } from '../core/time.ts';
import type { Clock } from '../core/time.ts';
import { createMutex } from '../links/mutex.ts';
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

/** How the controller asks a node about itself, and whose time it waits in. */
export interface Asking {
  readonly clock: Clock;
  /** Rejects when the node has not answered in time. */
  readonly status: (running: RunningNode, timeoutMs: number, node: NodeId) => Promise<NodeStatus>;
}

/** Starts a node that does not run, on the disk that it left. */
export type Launch = (node: NodeId) => Promise<RunningNode>;

export interface LaunchedNodes extends Nodes, AsyncDisposable {
  startAll(signal: AbortSignal): Promise<void>;
}

/** Where a node of the run writes for people and checkers. */
export const nodeFolder = (runFolder: string, node: NodeId): string =>
  join(runFolder, 'nodes', node);

/**
 * All nodes of the spec, none of them started yet. Disposing of them kills those that run. They are asked at their addresses,
 * in the host's time, unless another way is given.
 */
export function launchedNodes(
  spec: ClusterSpec,
  launch: Launch,
  { clock, status: ask }: Asking = atTheirAddresses(spec),
): LaunchedNodes {
  const running = new Map<NodeId, RunningNode>();
  const turns = new Map(spec.nodes.map((node) => [node, createMutex()]));
  let closed = false;
  /** Restarted, and not ready yet. */
  const restarting = new Set<RunningNode>();
  const expectedEnds = new Set<RunningNode>();
  const unexpectedEnds: { readonly node: NodeId; readonly how: string }[] = [];
  const listeners: ((node: NodeId, how: string) => void)[] = [];

  const inTurn = <T>(node: NodeId, work: () => Promise<T>): Promise<T> => turns.get(node)!(work);

  const killNow = async (node: NodeId): Promise<void> => {
    const victim = running.get(node);
    if (victim === undefined) return;
    expectedEnds.add(victim);
    restarting.delete(victim);
    await victim.kill();
  };

  /** Launches the node, in place of the one that may still run. */
  const start = async (node: NodeId): Promise<RunningNode> => {
    await killNow(node);
    if (closed) throw harnessError(`${node} was to be started after the end of its cluster`);
    const started = await launch(node);
    running.set(node, started);
    void started.ended.then((how) => {
      if (expectedEnds.has(started)) return;
      unexpectedEnds.push({ node, how });
      for (const listener of listeners) listener(node, how);
    });
    return started;
  };

  const restart = async (node: NodeId): Promise<void> => {
    const started = await inTurn(node, async () => {
      const present = running.get(node);
      if (present !== undefined && restarting.has(present)) return present;
      const fresh = await start(node);
      restarting.add(fresh);
      void fresh.ended.then(() => restarting.delete(fresh));
      return fresh;
    });
    await ready(node, started).finally(() => restarting.delete(started));
  };

  const kill = (node: NodeId) => inTurn(node, () => killNow(node));

  const status = async (
    node: NodeId,
    timeoutMs = statusTimeoutMs,
  ): Promise<NodeStatus | undefined> => {
    const asked = running.get(node);
    if (asked === undefined) return undefined;
    try {
      return await ask(asked, timeoutMs, node);
    } catch {
      return undefined;
    }
  };

  /**
   * Resolves when the node answers, or is frozen by somebody who will thaw it; throws when it dies first or takes too long.
   */
  const ready = async (node: NodeId, started: RunningNode, signal?: AbortSignal): Promise<void> => {
    const folder = nodeFolder(spec.runFolder, node);
    const deadline = clock.now() + spec.readyTimeoutMs * nsPerMs;
    let ended: string | undefined;
    void started.ended.then((how) => (ended = how));
    while ((await status(node)) === undefined) {
      signal?.throwIfAborted();
      if (ended !== undefined) throw diedAtStart(node, ended, folder);
      if ((await started.state()) === 'paused') return;
      if (clock.now() > deadline) {
        throw environmentError(
          `node ${node} did not answer within ${spec.readyTimeoutMs} ms of its start`,
          `see ${folder}/stderr.log`,
        );
      }
      await sleep(clock, readyPollMs * nsPerMs);
    }
  };

  return {
    ids: spec.nodes,
    kill,
    status,
    state: async (node) => (await running.get(node)?.state()) ?? 'dead',
    pause: (node) => inTurn(node, async () => running.get(node)?.pause()),
    resume: (node) => inTurn(node, async () => running.get(node)?.resume()),
    restart,
    onUnexpectedExit(listener) {
      for (const { node, how } of unexpectedEnds) listener(node, how);
      listeners.push(listener);
    },
    async startAll(signal) {
      const starting = spec.nodes.map(async (node) =>
        ready(node, await inTurn(node, () => start(node)), signal),
      );
      await Promise.all(starting);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      const outcomes = await Promise.allSettled(spec.nodes.map(kill));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

const atTheirAddresses = ({ system }: ClusterSpec): Asking => ({
  clock: hostClock,
  status: ({ address }, timeoutMs, node) => system.status(address, timeoutMs, node),
});

function diedAtStart(node: NodeId, how: string, folder: string): Error {
  const words = lastWords(folder);
  return environmentError(
    `node ${node} died at its start: ${how}${words === undefined ? '' : `, saying "${words}"`}`,
    `see ${folder}/stderr.log`,
  );
}
