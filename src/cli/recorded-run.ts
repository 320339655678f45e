/** A run that is to be made again: its folder, its plan, and the systems that the plan may need. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plan } from '../core/plan.ts';
import { systemsFor } from '../run/known-systems.ts';
import { checkPlan, type Systems } from '../run/plan.ts';
import { readPlan } from '../store/run-folder.ts';
import { findRun } from './find-run.ts';

export interface RecordedRun {
  readonly folder: string;
  readonly plan: Plan;
  readonly systems: Systems;
}

/** Throws a usage error for a plan that cannot be run here, a data error for one that cannot be read. */
export async function recordedRun(
  wanted: string,
  outFolder: string,
  config: string | undefined,
): Promise<RecordedRun> {
  const folder = itself(findRun(wanted, outFolder));
  const recorded = readPlan(folder);
  const plan =
    config === undefined
      ? recorded
      : { ...recorded, given: { settings: [], ...recorded.given, config } };
  const systems = await systemsFor(plan, process.cwd());
  checkPlan(plan, systems);
  return { folder, plan, systems };
}

/** A link, as `latest` is, would stand for the next run as soon as that is made. */
function itself(folder: string): string {
  const real = realpathSync(folder);
  return real === resolve(folder) ? folder : real;
}
