/**
 * Where operations come from. All others in this folder wrap these: they decide when an operation is due, who takes it
 * and how many there are, never what it is.
 */
import type { Generator, GeneratorContext, OperationSpec } from '../core/seams/generator.ts';
import type { Random } from '../core/random.ts';
import { done, nothing, operationStep, pending } from './step.ts';

/** The operation, one time. */
export function once(operation: OperationSpec): Generator {
  const self: Generator = {
    step: (context) =>
      canTake(context, operation) ? operationStep(operation, nothing) : pending(self),
    update: () => self,
  };
  return self;
}

/** The same operation, for ever. */
export function constant(operation: OperationSpec): Generator {
  const self: Generator = {
    step: (context) =>
      canTake(context, operation) ? operationStep(operation, self) : pending(self),
    update: () => self,
  };
  return self;
}

/**
 * The n-th operation is `make(random.fork(String(n)), n)`, n from 0, until it makes none. `make` must be a function of its
 * arguments alone: it may be called more than once for the same n, and must then say the same.
 */
export function fromFunction(
  random: Random,
  make: (random: Random, n: number) => OperationSpec | undefined,
): Generator {
  const from = (n: number): Generator => {
    const self: Generator = {
      step(context) {
        if (context.free.length === 0) return pending(self);
        const operation = make(random.fork(String(n)), n);
        if (operation === undefined) return done;
        return canTake(context, operation) ? operationStep(operation, from(n + 1)) : pending(self);
      },
      update: () => self,
    };
    return self;
  };
  return from(0);
}

const canTake = ({ free }: GeneratorContext, { thread }: OperationSpec): boolean =>
  thread === undefined ? free.length > 0 : free.includes(thread);
