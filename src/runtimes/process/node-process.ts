/**
 * One node as a process of this host: started in a group of its own, its output straight into files, its end noticed.
 * Its stdin is a pipe that nobody writes to; when it ends, the controller is gone and a node of ours exits by itself.
 */
import { closeSync, createWriteStream, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { environmentError } from '../../core/errors.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeState } from '../../core/seams/runtime.ts';
import type { Address } from '../../core/seams/system.ts';
import type { RunningNode } from '../nodes.ts';
import { groupState, signalGroup } from './group.ts';
import type { GroupState } from './group.ts';
import type { Supervisor } from './supervisor.ts';

/** What is started, and with what it is told. */
export interface NodeCommand {
  readonly node: NodeId;
  readonly file: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it will answer the controller. */
  readonly address: Address;
  /** Made before it starts. */
  readonly dataFolder: string;
  /** Where its output goes. */
  readonly folder: string;
}

/** A node that is a process, and leads the group of all its processes. */
export interface NodeProcess extends RunningNode {
  readonly pid: number;
}

/** Starts the command; its readiness is for the caller to await. */
export function startNode(command: NodeCommand, supervisor: Supervisor): NodeProcess {
  const { node, folder, address } = command;
  mkdirSync(command.dataFolder, { recursive: true });
  const output = openSync(join(folder, 'stdout.log'), 'a');
  const errors = openSync(join(folder, 'stderr.log'), 'a');
  const subprocess = execa(command.file, command.arguments, {
    env: command.environment,
    stdin: 'pipe',
    stdout: createWriteStream('', { fd: output, autoClose: false }),
    stderr: createWriteStream('', { fd: errors, autoClose: false }),
    killDescendants: true,
    reject: false,
    buffer: false,
  });
  closeSync(output);
  closeSync(errors);
  const { pid } = subprocess;
  if (pid === undefined) throw environmentError(`node ${node} could not be started`);
  supervisor.started(pid, node);
  subprocess.stdin.on('error', () => {});
  const ended = subprocess.then((result) => {
    signalGroup(pid, 'SIGKILL');
    supervisor.ended(pid);
    return result.signal ?? `exit code ${result.exitCode ?? 'unknown'}`;
  });
  return {
    pid,
    address,
    ended,
    state: async () => nodeStates[groupState(pid)],
    async kill() {
      signalGroup(pid, 'SIGKILL');
      await ended;
    },
    async pause() {
      signalGroup(pid, 'SIGSTOP');
      await untilState(pid, 'stopped');
    },
    async resume() {
      signalGroup(pid, 'SIGCONT');
      await untilState(pid, 'running');
    },
  };
}

const nodeStates: Readonly<Record<GroupState, NodeState>> = {
  running: 'running',
  stopped: 'paused',
  gone: 'dead',
};

const statePollMs = 5;
const statePollsMax = 200;

/** Signals are delivered in their own time; a dead process is past caring. */
async function untilState(pid: number, wanted: 'running' | 'stopped'): Promise<void> {
  for (let poll = 0; poll < statePollsMax; poll++) {
    const state = groupState(pid);
    if (state === wanted || state === 'gone') return;
    await new Promise((resolve) => setTimeout(resolve, statePollMs));
  }
}
