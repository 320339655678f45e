/**
 * causal: nobody sees an effect without its cause.
 *
 * What a process did came before what it does next, and a write before every read that answered it; what follows from these
 * is the causal order. A read must not answer a version that another one, which came before the read in that order, had
 * already replaced: one that the replaced version came before. Nor may a circle of causes exist.
 *
 *   process 0: write x 1, write x 2, write y 3
 *   process 1: read y 3, read x 1      <- y's 3 came after x's 2, which came after x's 1
 *
 * This is causal consistency in its weakest form: replicas may still disagree for ever on the order of writes
 * that do not know of each other. Source: Bouajjani, Enea, Guerraoui, Hamza, POPL 2017, the bad patterns of CC.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { anAtom, readOptions } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import { asFarAsPatience } from '../claims/patience.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import type { Atom } from '../linearizability/models/values.ts';
import { registerFunctions, registersOf } from '../registers/registers.ts';
import { causalOrderOf } from './causal-order.ts';
import { circleFinding, staleFindings } from './violations.ts';

/** `initial`: what every register holds at first; null when absent. */
export function causalFrom(given: GivenOptions): Claim {
  const { initial = null } = readOptions('causal', given, { initial: anAtom });
  return {
    name: 'causal',
    says: 'no process sees an effect without what caused it',
    reads: registerFunctions,
    objects: 'together',
    judge: (operations, patience) => judgeCausally(operations, initial, patience),
    held: ({ observations = 0 }) => `${counted(observations, 'observation')} respect causes`,
  };
}

/** Judges registers that hold `initial` at first, all together. */
export function judgeCausally(
  operations: readonly Operation[],
  initial: Atom,
  patience: Patience,
): Judgement {
  const { steps, findings, ambiguous } = registersOf(operations, initial);
  const observations = steps.filter(({ observed }) => observed !== undefined).length;
  const figures = { observations, keysAmbiguous: ambiguous.size };
  if (observations === 0) {
    const vacuous =
      ambiguous.size > 0
        ? 'on every key a value was written twice, so it cannot be told which was read'
        : 'no read was answered';
    return { findings, figures, vacuous };
  }
  const all = asFarAsPatience(findings, () => {
    const order = causalOrderOf(steps, patience);
    return order.kind === 'circle'
      ? [circleFinding(order.steps)]
      : staleFindings(steps, order, patience);
  });
  return { findings: all, figures };
}
