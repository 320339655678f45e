/**
 * One configuration from four places: flag > `DSP_*` variable > `dsp.config.ts` > default. Every place is checked, the
 * overruled ones too, so that a mistake is not found on the day when its overruling flag is left out.
 */
import { usageError } from '../core/errors.ts';
import type { Given } from '../core/plan.ts';
import { explain } from './explain.ts';
import { fields, flagName, fromText, variableName } from './fields.ts';
import { loadConfig, type LoadedConfig } from './load.ts';
import { configKeys, configSchema, type CompleteConfig, type ConfigKey } from './schema.ts';

/** What was typed: a text or several for each key, `true` for a switch. */
export type TypedFlags = Readonly<Partial<Record<ConfigKey, readonly string[] | boolean>>>;

export interface ConfigSources {
  readonly flags: TypedFlags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The value of `--config`. */
  readonly path: string | undefined;
  readonly folder: string;
}

export interface ResolvedConfig {
  readonly config: CompleteConfig;
  /** The file that was in force; the systems that it defines are still unchecked. */
  readonly file: LoadedConfig | undefined;
  readonly given: Given;
}

interface Layer {
  readonly place: (key: string) => string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The settings alone, of `resolveWithFile`. */
export const resolveConfig = async (sources: ConfigSources): Promise<CompleteConfig> =>
  (await resolveWithFile(sources)).config;

/** Rejects with a usage error that names the place and the setting, and the nearest valid value. */
export async function resolveWithFile(sources: ConfigSources): Promise<ResolvedConfig> {
  const file = await loadConfig(sources.path, sources.folder);
  const standing: readonly Layer[] = [
    { place: (key) => [file?.name, key].filter(Boolean).join(': '), values: file?.values ?? {} },
    variables(sources.environment),
  ];
  const layers = [...standing, typed(sources.flags)];
  for (const { place, values } of layers) {
    const issue = configSchema.safeParse(values, { reportInput: true }).error?.issues[0];
    if (issue !== undefined) throw explain(issue, place);
  }
  const settings = [...new Set(standing.flatMap(({ values }) => Object.keys(values)))];
  return {
    config: configSchema.parse(Object.assign({}, ...layers.map(({ values }) => values))),
    file,
    given: { ...(sources.path === undefined ? {} : { config: sources.path }), settings },
  };
}

/** An empty variable is an unset one. */
function variables(environment: ConfigSources['environment']): Layer {
  const set = configKeys.filter((key) => (environment[variableName(key)] ?? '') !== '');
  const valueOf = (key: ConfigKey): unknown => {
    const text = environment[variableName(key)]!;
    const texts = fields[key].kind === 'pairs' ? text.split(',') : [text];
    return fromText(key, texts, variableName(key));
  };
  return { place: variableName, values: Object.fromEntries(set.map((key) => [key, valueOf(key)])) };
}

function typed(flags: TypedFlags): Layer {
  const given = configKeys.flatMap((key) => {
    const value = flags[key];
    if (value === undefined) return [];
    if (typeof value === 'boolean') return [[key, value] as const];
    if (value.length > 1 && !repeatable.has(fields[key].kind))
      throw usageError(`${flagOf(key)} is given ${value.length} times`, 'give it once');
    return [[key, fromText(key, value, flagOf(key))] as const];
  });
  return { place: flagOf, values: Object.fromEntries(given) };
}

const repeatable: ReadonlySet<string> = new Set(['list', 'pairs']);

const flagOf = (key: string): string => `--${flagName(key)}`;
