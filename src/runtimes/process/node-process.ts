/**
 * One node as a process of this host: started in a group of its own, its output straight into files, its end noticed.
 * Its stdin is a pipe that nobody writes to; when it ends, the controller is gone and the node exits by itself.
 */
import { closeSync, createWriteStream, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { environmentError } from '../../core/errors.ts';
import type { NodeConfig } from '../../core/seams/system.ts';
import { groupState, signalGroup } from './group.ts';
import type { Supervisor } from './supervisor.ts';

export interface NodeProcess {
  readonly pid: number;
  /** Resolves when the process has ended, with how: `exit code 3`, `SIGKILL`. */
  readonly ended: Promise<string>;
  /** SIGKILL to the whole group; resolves when it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  continue(): Promise<void>;
}

/** Starts the program; its readiness is for the caller to await. */
export function startNode(
  program: URL,
  config: NodeConfig,
  folder: string,
  supervisor: Supervisor,
): NodeProcess {
  mkdirSync(config.dataFolder, { recursive: true });
  const output = openSync(join(folder, 'stdout.log'), 'a');
  const errors = openSync(join(folder, 'stderr.log'), 'a');
  const subprocess = execa(process.execPath, [fileURLToPath(program)], {
    env: { DSP_NODE: JSON.stringify(config) },
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
  if (pid === undefined) throw environmentError(`node ${config.id} could not be started`);
  supervisor.started(pid, config.id);
  subprocess.stdin.on('error', () => {});
  const ended = subprocess.then((result) => {
    signalGroup(pid, 'SIGKILL');
    supervisor.ended(pid);
    return result.signal ?? `exit code ${result.exitCode ?? 'unknown'}`;
  });
  return {
    pid,
    ended,
    async kill() {
      signalGroup(pid, 'SIGKILL');
      await ended;
    },
    async stop() {
      signalGroup(pid, 'SIGSTOP');
      await untilState(pid, 'stopped');
    },
    async continue() {
      signalGroup(pid, 'SIGCONT');
      await untilState(pid, 'running');
    },
  };
}

/** The last line that a node wrote to stderr, for a sentence about its death. */
export function lastWords(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'stderr.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .findLast((line) => line.trim() !== '');
  } catch {
    return undefined;
  }
}

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
