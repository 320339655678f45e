/** Every system that a command of this folder may name: the built-in ones, and those of the configuration file. */
import { systems } from '../../nodes/systems.ts';
import type { LoadedConfig } from '../config/load.ts';
import { ownSystems } from '../own-systems/own-systems.ts';
import { imagesBeside, type Systems } from '../run/plan.ts';

/** What no system of a user's may be called. */
export const namesTaken: readonly string[] = [...Object.keys(systems), ...imagesBeside];

/** Throws a usage error for a definition that cannot be, or that has the name of something else. */
export const knownSystems = (file: LoadedConfig | undefined): Systems => ({
  ...systems,
  ...ownSystems(file, namesTaken),
});
