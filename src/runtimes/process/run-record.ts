/**
 * Run records: which process groups each running controller has started, on disk, so that `dsp clean` finds what a
 * controller left behind if even its reaper was killed. A group is named by its leader's pid and start time, so that a
 * later process with the same pid is never mistaken for it.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { groupState, signalGroup, startOf } from './group.ts';

export interface RecordedGroup {
  readonly pid: number;
  readonly start: string;
  /** `n1`, `toxiproxy`, `reaper`: for people. */
  readonly what: string;
}

export interface RunRecord {
  readonly runId: string;
  readonly controllerPid: number;
  readonly controllerStart: string;
  readonly groups: readonly RecordedGroup[];
  /** The run's results folder. */
  readonly folder: string;
}

/** Where the records of this user's runs are. */
export const recordsFolder = (): string => join(tmpdir(), `dsp-${userInfo().uid}`, 'runs');

const recordPath = (runId: string): string => join(recordsFolder(), `${runId}.json`);

/** Writes the record whole, in place of the one before it. */
export function writeRecord(record: RunRecord): void {
  mkdirSync(recordsFolder(), { recursive: true, mode: 0o700 });
  const path = recordPath(record.runId);
  writeFileSync(`${path}.tmp`, JSON.stringify(record));
  renameSync(`${path}.tmp`, path);
}

export const removeRecord = (runId: string): void => rmSync(recordPath(runId), { force: true });

/** The records of runs whose controller is gone. */
export function abandonedRuns(): RunRecord[] {
  return readRecords().filter((each) => startOf(each.controllerPid) !== each.controllerStart);
}

/** Those groups of a record that still run. */
export const liveGroups = (record: RunRecord): RecordedGroup[] =>
  record.groups.filter(
    (each) => groupState(each.pid) !== 'gone' && startOf(each.pid) === each.start,
  );

/** Kills what still runs of an abandoned run and forgets it. */
export function cleanRun(record: RunRecord): RecordedGroup[] {
  const groups = liveGroups(record);
  for (const group of groups) signalGroup(group.pid, 'SIGKILL');
  removeRecord(record.runId);
  return groups;
}

function readRecords(): RunRecord[] {
  let names: string[];
  try {
    names = readdirSync(recordsFolder()).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(recordsFolder(), name), 'utf8')) as RunRecord];
    } catch {
      return [];
    }
  });
}
