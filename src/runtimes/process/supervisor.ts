/**
 * Everything that a run starts on this host is started under its supervisor, which knows its process groups, keeps the
 * run's record, and has a reaper that ends them all when the controller is gone, `kill -9` included.
 */
import { randomUUID } from 'node:crypto';
import { startReaper } from '../reaper.ts';
import { signalGroup, startOf } from './group.ts';
import { removeRecord, writeRecord } from './run-record.ts';
import type { RecordedGroup } from './run-record.ts';

export interface Supervisor extends AsyncDisposable {
  /** A process that leads a group of its own has been started. */
  started(pid: number, what: string): void;
  /** Its group is gone. */
  ended(pid: number): void;
}

/** Starts a run's supervisor. Disposing of it kills every group that is still known. */
export function superviseRun(folder: string): Supervisor {
  const runId = randomUUID();
  const reaper = startReaper(import.meta.url, runId);
  const groups = new Map<number, RecordedGroup>();
  const controllerStart = startOf(process.pid) ?? '';
  const save = () =>
    writeRecord({
      runId,
      controllerPid: process.pid,
      controllerStart,
      groups: [...groups.values()],
      folder,
    });
  save();
  return {
    started(pid, what) {
      reaper.stdin.write(`+${pid}\n`);
      groups.set(pid, { pid, start: startOf(pid) ?? '', what });
      save();
    },
    ended(pid) {
      reaper.stdin.write(`-${pid}\n`);
      groups.delete(pid);
      save();
    },
    async [Symbol.asyncDispose]() {
      for (const pid of groups.keys()) signalGroup(pid, 'SIGKILL');
      reaper.stdin.end();
      await reaper;
      removeRecord(runId);
    },
  };
}
