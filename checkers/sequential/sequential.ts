/**
 * sequential: all operations fit one order that keeps each process's own, and explains every answer (Lamport 1979). Real time
 * does not count.
 *
 * Deciding this takes exponential time in general (Gibbons & Korach 1997), so there are three answers. What violates
 * causality is invalid, and so is what must come before itself (`saturation.ts`). Else an order is searched for, among those that keep what
 * must come before what; where values are unique per key, a version must not be
 * overwritten while somebody has still to read it, which leaves little choice. Where the search is cut off the verdict is
 * unknown. Keys are judged together: registers that are sequential one by one need not be so together.
 */
import assert from 'node:assert/strict';
import type { Operation } from '../../src/core/history/operation.ts';
import { judgeCausally } from '../causal/causal.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { violation } from '../claims/findings.ts';
import { anAtom, readOptions } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import { BudgetEnded } from '../claims/patience.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import type { Atom } from '../linearizability/models/values.ts';
import { registerFunctions, registersOf } from '../registers/registers.ts';
import type { Step } from '../registers/registers.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { saturatedOrderOf } from './saturation.ts';
import { searchOrder } from './search.ts';
import { isWitness } from './witness.ts';

/** `initial`: what every register holds at first; null when absent. */
export function sequentialFrom(given: GivenOptions): Claim {
  const { initial = null } = readOptions('sequential', given, { initial: anAtom });
  return {
    name: 'sequential',
    says: 'all operations fit one order that keeps the order of each process and explains every answer',
    reads: registerFunctions,
    objects: 'together',
    judge: (operations, patience) => judge(operations, initial, patience),
    held: ({ operationsOrdered = 0 }) => `${counted(operationsOrdered, 'operation')} fit one order`,
  };
}

function judge(operations: readonly Operation[], initial: Atom, patience: Patience): Judgement {
  const { findings, figures, vacuous } = judgeCausally(operations, initial, patience);
  if (findings.length > 0 || vacuous !== undefined)
    return { findings, figures, ...(vacuous === undefined ? {} : { vacuous }) };
  const { steps, ambiguous } = registersOf(operations, initial);
  if (ambiguous.size > 0)
    return {
      findings,
      figures,
      vacuous: 'a value was written twice, so an order is not searched for',
    };
  const order = saturatedOrderOf(steps, patience);
  if (order.kind === 'circle')
    return { findings: [...findings, circleFinding(order.steps)], figures };
  const outcome = searchOrder(steps, initial, order, patience);
  const counts = { ...figures, operationsOrdered: outcome.furthest };
  if (outcome.kind === 'found') {
    assert(isWitness(outcome.witness, steps, initial), 'the order that was found is none');
    return { findings, figures: counts };
  }
  if (outcome.kind === 'cut-off') throw new BudgetEnded();
  const stuck = outcome.stuck.map(({ operation }) => operation);
  const says = `no order of ${steps.length} operations explains all answers: after ${outcome.furthest} of them each process waits for another`;
  return { findings: [violation('not-sequential', says, stuck)], figures: counts };
}

function circleFinding(steps: readonly Step[]): Finding {
  const processes = steps.map(({ operation }) => operation.process).join(', ');
  return violation(
    'not-sequential',
    `in every order that explains all answers ${steps.length} operations each come before the others: of processes ${processes}`,
    steps.map(({ operation }) => operation),
  );
}
