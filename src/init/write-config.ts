/** Writes the scaffold of a configuration into a folder, and nothing over anything. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFileNames } from '../config/load.ts';
import { environmentError, messageOf, usageError } from '../core/errors.ts';
import { scaffold } from './scaffold.ts';
import { survey, type Survey } from './survey.ts';

export interface WrittenConfig {
  readonly path: string;
  readonly survey: Survey;
}

/** Throws a usage error where there is no folder, or a configuration already. */
export function writeConfig(folder: string, taken: readonly string[]): WrittenConfig {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw usageError(`there is no folder ${folder}`, 'dsp init stands beside the server');
  const existing = configFileNames.find((name) => existsSync(join(folder, name)));
  if (existing !== undefined) throw thereAlready(join(folder, existing));
  const surveyed = survey(folder, taken);
  const path = join(folder, surveyed.isModule ? 'dsp.config.ts' : 'dsp.config.mts');
  try {
    writeFileSync(path, scaffold(surveyed), { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw thereAlready(path);
    throw environmentError(`${path} cannot be written: ${messageOf(cause)}`, undefined, cause);
  }
  return { path, survey: surveyed };
}

const thereAlready = (path: string): Error =>
  usageError(
    `${path} is there already, and is left as it is`,
    'dsp list systems says what it defines',
  );
