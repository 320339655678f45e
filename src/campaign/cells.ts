/** The cells of a matrix: each system under each workload and each nemesis, all of them checked before anything starts. */
import { nemeses } from '../../nemeses/registry.ts';
import type { Settings } from '../config/settings.ts';
import { usageError } from '../core/errors.ts';
import type { Nemesis } from '../core/seams/nemesis.ts';
import { runtimes, type RuntimeEntry } from '../runtimes/registry.ts';
import { makePlan, nemesisOf, type Systems } from '../run/plan.ts';
import { runName } from '../gate/judged-run.ts';
import type { Cell } from './campaign.ts';

export interface MatrixEntries {
  readonly systems: readonly string[];
  readonly workloads: readonly string[];
  /** Each a list of families that strike side by side; `all` alone stands for each family and the mix of them all. */
  readonly nemeses: readonly (readonly string[])[];
}

/** The word for every family that the runtime can do, each alone, and all of them together. */
export const allNemeses = 'all';

/** Throws a usage error for the first cell that cannot be. An entry that is given twice counts once. */
export function cellsOf(settings: Settings, entries: MatrixEntries, systems: Systems): Cell[] {
  const mixes = entries.nemeses.flatMap((mix) => mixesOf(mix, settings.runtime));
  const plans = entries.systems.flatMap((system) =>
    entries.workloads.flatMap((workload) =>
      mixes.map((mix) => makePlan({ ...settings, system, workload, nemeses: mix }, systems)),
    ),
  );
  const cells = plans.map((plan) => ({ name: runName(plan), plan }));
  return [...new Map(cells.map((cell) => [cell.name, cell])).values()];
}

function mixesOf(mix: readonly string[], runtime: string): readonly (readonly string[])[] {
  if (!mix.includes(allNemeses)) {
    const families = mix.filter((family) => family !== 'none');
    for (const family of families) nemesisOf(family, ['none', allNemeses]);
    return [families];
  }
  if (mix.length > 1)
    throw usageError(
      `--nemesis: ${allNemeses} stands for itself, not beside other families`,
      `--nemesis ${allNemeses}`,
    );
  const families = familiesOf(runtime);
  return [...families.map((family) => [family]), ...(families.length > 1 ? [families] : [])];
}

/** Every fault family that the runtime can do; of one that is not known, none. */
export function familiesOf(runtime: string): string[] {
  const entry: RuntimeEntry | undefined = Object.hasOwn(runtimes, runtime)
    ? runtimes[runtime as keyof typeof runtimes]
    : undefined;
  return Object.values<Nemesis>(nemeses)
    .filter(({ needs }) => needs.every((need) => entry?.capabilities.has(need)))
    .map(({ family }) => family);
}
