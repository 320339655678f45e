/**
 * Labels: everything that a run makes in Docker bears them from its first moment, so that it is found again by them
 * alone, whoever looks: the reaper, `dsp clean`, a person.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { startOf } from '../process/group.ts';

/** The label names; `dsp.run` is the one to look for. */
export const label = {
  run: 'dsp.run',
  /** `pid:start` of the controller, good on its host. */
  controller: 'dsp.controller',
  host: 'dsp.host',
  /** The run's results folder. */
  folder: 'dsp.folder',
  /** `node n1`, `toxiproxy`, …: for people. */
  role: 'dsp.role',
} as const;

export type Labels = Readonly<Record<string, string>>;

/** A name for a run's things that no other run on this daemon has. */
export const freshRunId = (): string => randomBytes(4).toString('hex');

/** The labels of everything of a run that this process controls. */
export const runLabels = (runId: string, folder: string): Labels => ({
  [label.run]: runId,
  [label.controller]: `${process.pid}:${startOf(process.pid) ?? ''}`,
  [label.host]: hostname(),
  [label.folder]: resolve(folder),
});

/** Whether the labels are those of a run of this host whose controller is gone. */
export function isAbandoned(labels: Labels): boolean {
  const [pid, start] = (labels[label.controller] ?? '').split(':');
  return labels[label.host] === hostname() && startOf(Number(pid)) !== start;
}
