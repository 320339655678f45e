/**
 * Where a run is written: `results/<system>-<workload>-<nemesis>/<UTC time>-<seed>/`, with `results/latest` at the newest.
 * The files of a run and their forms are documented in `results/README.md`.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { environmentError, dataError, messageOf } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { checkSchedule } from './check-schedule.ts';
import { planText } from './plan-text.ts';
import type { VerdictFile } from './verdict-file.ts';

/** The names of a run's files, relative to its folder. */
export const runFiles = {
  plan: 'plan.json',
  history: 'history.jsonl',
  verdict: 'verdict.json',
  report: 'report.html',
  junit: 'junit.xml',
  summary: 'summary.md',
  /** Of a run that was made as small as possible. */
  test: 'regression.test.ts',
  log: 'dsp.log',
  nodes: 'nodes',
  toxiproxyLog: 'toxiproxy.log',
  messages: 'messages.jsonl',
} as const;

/** Makes the folder of a new run, writes its plan and points `latest` at it. `startedAt` is the run's name in time. */
export function createRunFolder(outFolder: string, plan: Plan, startedAt: Date): string {
  const nemesis = plan.nemeses.length === 0 ? 'none' : plan.nemeses.join('+');
  const kind = `${plan.system}-${plan.workload}-${nemesis}`;
  const folder = join(outFolder, kind, folderName(startedAt, plan.seed));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, runFiles.plan), `${planText(plan)}\n`);
    pointLatest(outFolder, folder);
  } catch (cause) {
    throw environmentError(
      `--out: the results folder ${outFolder} cannot be written: ${messageOf(cause)}`,
      'name another with --out',
      cause,
    );
  }
  return folder;
}

/** A run's, or a campaign's: its time in UTC, so that names are in order, and its seed as far as a file's name can say it. */
export function folderName(startedAt: Date, seed: string): string {
  const time = startedAt.toISOString().replaceAll(/[-:]/g, '').replace('.', '-');
  return `${time}-${seed.replaceAll(/[^\w.-]/g, '_').slice(0, 40)}`;
}

/** Renamed into place, so that `latest` always points somewhere, whoever else writes it. */
function pointLatest(outFolder: string, folder: string): void {
  const link = join(outFolder, `.latest-${process.pid}`);
  rmSync(link, { force: true });
  symlinkSync(relative(outFolder, folder), link);
  renameSync(link, join(outFolder, 'latest'));
}

/** The plan of a recorded run; what older plans of its version do not say is as it was then. */
export const readPlan = (folder: string): Plan => {
  const path = join(folder, runFiles.plan);
  const found = readJson(folder, runFiles.plan) as Omit<Plan, 'images'> & Partial<Plan>;
  if (found.format !== 'dsp-plan' || found.version !== 1)
    throw dataError(`${path} is not a plan of version 1`);
  const plan: Plan = { ...found, images: found.images ?? {} };
  checkSchedule(plan, path);
  return plan;
};

/** A controller that was killed has left none. */
export const hasVerdict = (folder: string): boolean => existsSync(join(folder, runFiles.verdict));

/** The verdict of a recorded run. */
export const readVerdict = (folder: string): VerdictFile => {
  const verdict = readJson(folder, runFiles.verdict) as VerdictFile;
  if (verdict.format !== 'dsp-verdict' || verdict.version !== 1)
    throw dataError(`${join(folder, runFiles.verdict)} is not a verdict of version 1`);
  return verdict;
};

/** Complete or not there: a reader never sees half a verdict. */
export function writeVerdict(folder: string, verdict: VerdictFile): void {
  const path = join(folder, runFiles.verdict);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(verdict, null, 2)}\n`);
  renameSync(`${path}.tmp`, path);
}

function readJson(folder: string, name: string): unknown {
  const path = join(folder, name);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw dataError(`${path} cannot be read: ${messageOf(cause)}`, undefined, cause);
  }
}
