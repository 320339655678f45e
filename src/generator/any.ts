/** Several generators side by side. */
import type { Generator } from '../core/seams/generator.ts';
import { done, earliest, informAll, operationStep, pending } from './step.ts';

/**
 * The operations of all, each as soon as it is due. Whoever has just had a turn is asked last the next time, so that one
 * which always has an operation ready does not starve the others. Done when all are.
 */
export function any(...generators: readonly Generator[]): Generator {
  return sideBySide(generators);
}

function sideBySide(generators: readonly Generator[]): Generator {
  const self: Generator = {
    step(context) {
      const waiting: Generator[] = [];
      let untilNs: number | undefined;
      for (let place = 0; place < generators.length; place++) {
        const step = generators[place]!.step(context);
        if (step.kind === 'operation') {
          const unasked = generators.slice(place + 1);
          return operationStep(step.operation, sideBySide([...unasked, ...waiting, step.next]));
        }
        if (step.kind === 'pending') {
          waiting.push(step.next);
          untilNs = earliest(context.timeNs, untilNs, step.untilNs);
        }
      }
      return waiting.length === 0 ? done : pending(sideBySide(waiting), untilNs);
    },
    update(context, entry) {
      const informed = informAll(generators, context, entry);
      return informed === generators ? self : sideBySide(informed);
    },
  };
  return self;
}
