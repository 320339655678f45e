/** Two generators by turns. */
import type { Generator } from '../core/seams/generator.ts';
import { informAll, passOn } from './step.ts';

/** One operation of `first`, one of `second`, and so on; done when the one whose turn it is has none. */
export function flipFlop(first: Generator, second: Generator): Generator {
  const self: Generator = {
    step: (context) =>
      passOn(first.step(context), (next, taken) =>
        taken ? flipFlop(second, next) : flipFlop(next, second),
      ),
    update(context, entry) {
      const informed = informAll([first, second], context, entry);
      const [a, b] = informed as readonly [Generator, Generator];
      return a === first && b === second ? self : flipFlop(a, b);
    },
  };
  return self;
}
