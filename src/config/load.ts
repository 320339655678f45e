/** Finds and loads a `dsp.config.ts`. What it exports is checked elsewhere; here it need only be an object. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, usageError } from '../core/errors.ts';

/** The names under which a configuration is looked for in the working folder, the first found wins. */
export const configFileNames = [
  'dsp.config.ts',
  'dsp.config.mts',
  'dsp.config.js',
  'dsp.config.mjs',
];

export interface LoadedConfig {
  /** As a message names it. */
  readonly name: string;
  /** Its settings, unchecked. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What it has under `systems`, unchecked too: no setting, for it is no text and has no default. */
  readonly systems: unknown;
}

/** The configuration at `path`, or the one that stands in `folder`; undefined if there is none and none was asked for. */
export async function loadConfig(
  path: string | undefined,
  folder: string,
): Promise<LoadedConfig | undefined> {
  if (path === undefined) {
    const found = configFileNames.map((name) => resolve(folder, name)).find(existsSync);
    return found === undefined ? undefined : loadFrom(found, basename(found));
  }
  const file = resolve(folder, path);
  if (!existsSync(file))
    throw usageError(
      `--config: there is no file ${path}`,
      `without --config, dsp reads the first of ${configFileNames.join(', ')} in the working folder`,
    );
  return loadFrom(file, path);
}

async function loadFrom(file: string, name: string): Promise<LoadedConfig> {
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw usageError(`${name} cannot be loaded: ${reason(cause, file)}`, undefined, cause);
  }
  const values = module['default'];
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw usageError(
      `${name} has no configuration object as its default export`,
      'export default defineConfig({ nodes: 5 })',
    );
  const { systems, ...settings } = values as Record<string, unknown>;
  return { name, values: settings, systems };
}

/** The first line of what was thrown, and the line of the file where a syntax error stands. */
function reason(thrown: unknown, file: string): string {
  const message = messageOf(thrown).trim().split('\n', 1)[0] ?? '';
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  const line = stack.match(/^\S*:(\d+)\r?\n/)?.[1];
  return line === undefined || !stack.includes(basename(file))
    ? message
    : `line ${line}: ${message}`;
}
