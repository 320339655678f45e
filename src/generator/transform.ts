/** Operations changed or left out on their way. What a generator inside is told of is what became of them. */
import { harnessError } from '../core/errors.ts';
import type { Generator, OperationSpec } from '../core/seams/generator.ts';
import { inform, operationStep, passOn } from './step.ts';

/** Every operation as `change` makes it; `change` must be a function of its argument alone. */
export function map(
  change: (operation: OperationSpec) => OperationSpec,
  generator: Generator,
): Generator {
  const self: Generator = {
    step(context) {
      const step = passOn(generator.step(context), (next) => map(change, next));
      return step.kind === 'operation' ? operationStep(change(step.operation), step.next) : step;
    },
    update: (context, entry) =>
      inform(self, generator, context, entry, (next) => map(change, next)),
  };
  return self;
}

/** Leaving out more than this in a row is taken for a mistake, which would else never return. */
const leftOutMax = 10_000;

/** Only those operations that `keep` keeps. */
export function filter(
  keep: (operation: OperationSpec) => boolean,
  generator: Generator,
): Generator {
  const self: Generator = {
    step(context) {
      let from = generator;
      for (let leftOut = 0; leftOut < leftOutMax; leftOut++) {
        const step = from.step(context);
        if (step.kind !== 'operation' || keep(step.operation))
          return passOn(step, (next) => filter(keep, next));
        from = step.next;
      }
      throw harnessError(`a filter left out ${leftOutMax} operations in a row`);
    },
    update: (context, entry) =>
      inform(self, generator, context, entry, (next) => filter(keep, next)),
  };
  return self;
}
