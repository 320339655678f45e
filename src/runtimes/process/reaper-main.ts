/**
 * The reaper: a small process beside the controller that outlives it, if only for a moment.
 *
 * The controller tells it on stdin which process groups it has started (`+pid`) and which have ended (`-pid`). When
 * stdin ends, however that came about, the reaper kills every group that is left, stopped ones too (a stopped node
 * would not notice by itself that the controller is gone), removes the run's record and exits.
 */
import { createInterface } from 'node:readline';
import { signalGroup } from './group.ts';
import { removeRecord } from './run-record.ts';

const groups = new Set<number>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else if (line.startsWith('-')) groups.delete(pid);
}

for (const pid of groups) signalGroup(pid, 'SIGKILL');
const runId = process.argv[2];
if (runId !== undefined) removeRecord(runId);
process.exit(0);
