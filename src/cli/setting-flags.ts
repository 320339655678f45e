/** The flags of the configuration's schema, one for each key, so that no setting is told twice. */
import { Flags } from '@oclif/core';
import { fields, flagName } from '../config/fields.ts';
import { configKeys, configSchema, type ConfigKey } from '../config/schema.ts';
import type { TypedFlags } from '../config/resolve.ts';

const defaults = configSchema.parse({});

/** Settings that few runs need; help lists them apart. */
const tuning: ReadonlySet<ConfigKey> = new Set([
  'faultSeconds',
  'calmSeconds',
  'operationTimeoutMs',
  'readyTimeoutMs',
  'recoveryBoundSeconds',
  'checkBudgetSeconds',
  'checkMemoryMegabytes',
]);

/** By flag name, in the order of the schema. */
export const settingFlags = Object.fromEntries(
  configKeys.map((key) => [flagName(key), flagOf(key)]),
);

/** What was typed of them, by key. */
export function typedSettings(flags: Readonly<Record<string, unknown>>): TypedFlags {
  const typed = configKeys.flatMap((key) => {
    const value = flags[flagName(key)];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(typed) as TypedFlags;
}

function flagOf(key: ConfigKey) {
  const shared = {
    summary: `${configSchema.shape[key].description}${shownDefault(key)}`,
    ...(tuning.has(key) ? { helpGroup: 'TUNING' } : {}),
  };
  // Every text is kept apart until the schema sees it, so a flag's errors are the schema's, not oclif's.
  return fields[key].kind === 'switch'
    ? Flags.boolean({ ...shared, allowNo: true })
    : Flags.string({
        ...shared,
        multiple: true,
        multipleNonGreedy: true,
        helpValue: fields[key].example,
      });
}

function shownDefault(key: ConfigKey): string {
  const value = defaults[key];
  if (value === undefined || typeof value === 'boolean') return '';
  if (typeof value !== 'object') return ` [${value}]`;
  return Array.isArray(value) && value.length > 0 ? ` [${value.join('-')}]` : '';
}
