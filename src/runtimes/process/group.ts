/**
 * Process groups, as the operating system sees them. A node, its helpers and their children share one group whose id is
 * the node's pid, so that a signal reaches all of them; nothing is ever looked up by name.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type GroupState = 'running' | 'stopped' | 'gone';

/** Sends a signal to every process of the group; says false when there is none. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** The state of the group's leader; a zombie counts as gone. */
export function groupState(leader: number): GroupState {
  const letter = processStatus(leader)?.state;
  if (letter === undefined || letter === 'Z' || letter === 'X') return 'gone';
  return letter === 'T' || letter === 't' ? 'stopped' : 'running';
}

/** When a process started, in the host's own terms; tells a process from a later one with the same pid. */
export const startOf = (pid: number): string | undefined => processStatus(pid)?.start;

function processStatus(pid: number): { state: string; start: string } | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** proc(5): after the command's name in parentheses, field 3 is the state and field 22 the start in clock ticks. */
function fromProc(pid: number): { state: string; start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, start: fields[19]! };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): { state: string; start: string } | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    const [state, ...start] = line.trim().split(/\s+/);
    return state === undefined || state === ''
      ? undefined
      : { state: state[0]!, start: start.join(' ') };
  } catch {
    return undefined;
  }
}
