/** Refuses a command that does not exist before oclif looks for it, so that the nearest one can be named. */
import type { Interfaces } from '@oclif/core';
import { usageError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';

/** Throws a usage error; `help NAME` is held to the same list. */
export function refuseUnknownCommand(argv: readonly string[], config: Interfaces.Config): void {
  const [first, second] = argv;
  const typed = first === 'help' ? second : first;
  if (typed === undefined || typed.startsWith('-')) return;
  const known = config.commands.filter(({ hidden }) => !hidden).map(({ id }) => id);
  if (config.findCommand(typed) === undefined)
    throw usageError(`there is no command ${typed}`, nearestHint(typed, known));
}
