/**
 * A blend of generators, drawn by weight.
 *
 * The n-th operation comes from the generator that the seed names for n. If that one has nothing to do yet it is waited
 * for, rather than passed over: passing over would let the timing of completions decide the sequence of operations.
 */
import type { Random } from '../core/random.ts';
import type { Generator } from '../core/seams/generator.ts';
import { done, informAll, operationStep, pending, replaceAt } from './step.ts';

/** One that is done is left out from then on; the blend is done when all are. Weights are 1 each when not given. */
export function mix(
  random: Random,
  generators: readonly Generator[],
  weights: readonly number[] = generators.map(() => 1),
): Generator {
  if (weights.length !== generators.length || !weights.every((weight) => weight > 0))
    throw new RangeError(
      `mix wants ${generators.length} weights above 0, not ${JSON.stringify(weights)}`,
    );
  return blend(random, 0, generators, weights);
}

/** `n` operations have been emitted. */
function blend(
  random: Random,
  n: number,
  generators: readonly Generator[],
  weights: readonly number[],
): Generator {
  const self: Generator = {
    step(context) {
      if (generators.length === 0) return done;
      const drawn = draw(random.fork(String(n)).fraction(), weights);
      const step = generators[drawn]!.step(context);
      switch (step.kind) {
        case 'operation':
          return operationStep(
            step.operation,
            blend(random, n + 1, replaceAt(generators, drawn, step.next), weights),
          );
        case 'pending':
          return pending(
            blend(random, n, replaceAt(generators, drawn, step.next), weights),
            step.untilNs,
          );
        case 'done':
          return blend(random, n, generators.toSpliced(drawn, 1), weights.toSpliced(drawn, 1)).step(
            context,
          );
      }
    },
    update(context, entry) {
      const informed = informAll(generators, context, entry);
      return informed === generators ? self : blend(random, n, informed, weights);
    },
  };
  return self;
}

/** The place that a fraction of the total weight falls into. */
function draw(fraction: number, weights: readonly number[]): number {
  let rest = fraction * weights.reduce((sum, weight) => sum + weight, 0);
  for (let place = 0; place < weights.length - 1; place++) {
    rest -= weights[place]!;
    if (rest < 0) return place;
  }
  return weights.length - 1;
}
