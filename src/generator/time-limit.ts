/** Time as an end: a generator that lasts so long, and a pause. Both count from when they are first asked. */
import type { Generator } from '../core/seams/generator.ts';
import { nsPerSecond } from '../core/time.ts';
import { done, earliest, inform, operationStep, pending } from './step.ts';

/** Emits nothing once `seconds` have passed. Operations that are open by then run to their own ends. */
export const timeLimit = (seconds: number, generator: Generator): Generator =>
  limited(seconds * nsPerSecond, undefined, generator);

/** Emits nothing for so long, then is done: a pause in a sequence. */
export const sleep = (seconds: number): Generator => resting(seconds * nsPerSecond, undefined);

function limited(lengthNs: number, endNs: number | undefined, generator: Generator): Generator {
  const self: Generator = {
    step(context) {
      const deadlineNs = endNs ?? context.timeNs + lengthNs;
      if (context.timeNs >= deadlineNs) return done;
      const step = generator.step(context);
      switch (step.kind) {
        case 'operation':
          return operationStep(step.operation, limited(lengthNs, deadlineNs, step.next));
        case 'pending':
          return pending(
            limited(lengthNs, deadlineNs, step.next),
            earliest(context.timeNs, step.untilNs, deadlineNs),
          );
        case 'done':
          return step;
      }
    },
    update: (context, entry) =>
      inform(self, generator, context, entry, (next) => limited(lengthNs, endNs, next)),
  };
  return self;
}

function resting(lengthNs: number, endNs: number | undefined): Generator {
  const self: Generator = {
    step({ timeNs }) {
      const wakeNs = endNs ?? timeNs + lengthNs;
      if (timeNs >= wakeNs) return done;
      return pending(endNs === undefined ? resting(lengthNs, wakeNs) : self, wakeNs);
    },
    update: () => self,
  };
  return self;
}
