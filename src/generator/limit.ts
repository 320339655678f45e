/** How many operations there are. */
import type { Generator, OperationSpec } from '../core/seams/generator.ts';
import { inform, nothing, passOn } from './step.ts';
import { constant } from './operations.ts';

/** At most `count` operations of `generator`. */
export function limit(count: number, generator: Generator): Generator {
  if (!(count > 0)) return nothing;
  const self: Generator = {
    step: (context) =>
      passOn(generator.step(context), (next, taken) => limit(taken ? count - 1 : count, next)),
    update: (context, entry) =>
      inform(self, generator, context, entry, (next) => limit(count, next)),
  };
  return self;
}

/** The same operation, `count` times. */
export const repeat = (count: number, operation: OperationSpec): Generator =>
  limit(count, constant(operation));
