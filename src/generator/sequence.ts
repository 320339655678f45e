/**
 * One generator after another. The next is asked as soon as the one before has nothing left, while operations of that
 * one may still be open; where that matters, see `phases`.
 */
import type { Generator, Step } from '../core/seams/generator.ts';
import { harnessError } from '../core/errors.ts';
import { done, inform, nothing, passOn } from './step.ts';

/** In the order given; from a function, the n-th is `source(n)`, n from 0, until it gives none. */
export function sequence(
  source: readonly Generator[] | ((n: number) => Generator | undefined),
): Generator {
  const at = typeof source === 'function' ? source : (n: number) => source[n];
  return inTurn(at, 0, nothing, typeof source === 'function' ? emptyTurnsMax : source.length);
}

/** The generator from its beginning, `times` times; for ever when not said. */
export function cycle(generator: Generator, times = Number.POSITIVE_INFINITY): Generator {
  return sequence((n) => (n < times ? generator : undefined));
}

/** More generators than this in a row that yield nothing are taken for a mistake, which would else never return. */
const emptyTurnsMax = 10_000;

/** `n` of them have been begun; `current` is the last begun. */
function inTurn(
  at: (n: number) => Generator | undefined,
  n: number,
  current: Generator,
  emptyMax: number,
): Generator {
  const self: Generator = {
    step(context): Step {
      let begun = n;
      let generator: Generator | undefined = current;
      while (generator !== undefined) {
        const step = generator.step(context);
        if (step.kind !== 'done') {
          const count = begun;
          return passOn(step, (next) => inTurn(at, count, next, emptyMax));
        }
        if (begun - n > emptyMax)
          throw harnessError(`a sequence met ${emptyMax} generators in a row that yield nothing`);
        generator = at(begun);
        begun += 1;
      }
      return done;
    },
    update: (context, entry) =>
      inform(self, current, context, entry, (next) => inTurn(at, n, next, emptyMax)),
  };
  return self;
}
