/** Barriers: nothing of what comes after begins before everything of what came before has ended. */
import type { Generator } from '../core/seams/generator.ts';
import { inform, passOn, pending } from './step.ts';
import { sequence } from './sequence.ts';

/** Waits until every thread that it may use is free, one time; then it is `generator`. */
export function synchronize(generator: Generator): Generator {
  const self: Generator = {
    step: (context) =>
      context.free.length < context.threads.length
        ? pending(self)
        : passOn(generator.step(context), (next) => next),
    update: (context, entry) => inform(self, generator, context, entry, synchronize),
  };
  return self;
}

/** Each in turn, with a barrier before each of them, the first included. */
export const phases = (...generators: readonly Generator[]): Generator =>
  sequence(generators.map(synchronize));

/** `first`, a barrier, then `second`. Jepsen's `then`, in reading order. */
export const andThen = (first: Generator, second: Generator): Generator =>
  sequence([first, synchronize(second)]);
