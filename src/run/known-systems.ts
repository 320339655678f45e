/** Every system that a plan may name where it is made: the built-in ones, and those of the configuration file. */
import { systems } from '../../nodes/systems.ts';
import { loadConfig, type LoadedConfig } from '../config/load.ts';
import type { Plan } from '../core/plan.ts';
import { ownSystems } from '../own-systems/own-systems.ts';
import { imagesBeside, type Systems } from './plan.ts';

/** What no system of a user's may be called. */
export const namesTaken: readonly string[] = [...Object.keys(systems), ...imagesBeside];

/** Throws a usage error for a definition that cannot be, or that has the name of something else. */
export const knownSystems = (file: LoadedConfig | undefined): Systems => ({
  ...systems,
  ...ownSystems(file, namesTaken),
});

/** Those among which the plan's own is: the configuration is read only where the plan needs it, and is the one that its `--config` named. */
export async function systemsFor({ system, given }: Plan, folder: string): Promise<Systems> {
  if (Object.hasOwn(systems, system)) return systems;
  return knownSystems(await loadConfig(given?.config, folder));
}
