/** The systems that a configuration file defines, each checked, by their names. */
import type { LoadedConfig } from '../config/load.ts';
import { usageError } from '../core/errors.ts';
import type { System } from '../core/seams/system.ts';
import { checkedDefinition } from './schema.ts';
import { systemFrom } from './system.ts';

/** A name is part of a folder's, of an image's and of a container's. */
const nameForm = /^[a-z0-9]([a-z0-9._-]{0,40}[a-z0-9])?$/;

/** Throws a usage error that names file and field. `taken` are names that stand for something else. */
export function ownSystems(
  file: Pick<LoadedConfig, 'name' | 'systems'> | undefined,
  taken: readonly string[],
): Readonly<Record<string, System>> {
  const { name: fileName = '', systems = {} } = file ?? {};
  if (typeof systems !== 'object' || systems === null || Array.isArray(systems))
    throw usageError(
      `${fileName}: systems must be an object of systems by their names`,
      "systems: { 'my-kv': defineSystem({ … }) }",
    );
  const made = Object.entries(systems).map(([name, value]) => {
    const place = `${fileName}: systems.${name}`;
    if (!nameForm.test(name))
      throw usageError(
        `${place} must have a name of small letters, digits, dots and dashes`,
        'for example my-kv',
      );
    if (taken.includes(name))
      throw usageError(`${place} must have another name: ${name} is one of dsp's own`);
    return [name, systemFrom(place, name, checkedDefinition(place, value))] as const;
  });
  return Object.fromEntries(made);
}
