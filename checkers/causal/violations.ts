/** Where the causal order is violated: reads of what had been replaced before, and circles of causes. */
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import type { Step } from '../registers/registers.ts';
import type { CausalOrder } from './causal-order.ts';
import { newestBefore, writesByKey } from './writes.ts';

/** A finding for each step that observed a version although a later one came before the step. */
export function staleFindings(
  steps: readonly Step[],
  order: CausalOrder,
  patience: Patience,
): Finding[] {
  const writes = writesByKey(steps, order);
  return steps.flatMap((step) => {
    if (step.observed === undefined) return [];
    const source = order.sourceOf(step);
    for (const [session, ofSession] of writes.get(step.key) ?? []) {
      patience.tick();
      const newest = newestBefore(step, session, ofSession, order);
      if (newest === undefined || newest === source) continue;
      if (source !== undefined && !order.isBefore(source, newest)) continue;
      return [staleFinding(step, source, newest)];
    }
    return [];
  });
}

function staleFinding(step: Step, source: Step | undefined, newest: Step): Finding {
  const where = step.key === undefined ? '' : ` of ${step.key}`;
  const old = source === undefined ? 'the initial value' : describeAtom(step.observed!);
  return violation(
    'causally-stale-read',
    `process ${step.operation.process} read ${old}${where}, though ${describeAtom(newest.written!)} had replaced it in what came before`,
    [step, newest, source].filter((each) => each !== undefined).map(({ operation }) => operation),
  );
}

/** The finding for steps each of which is a cause of the others. */
export const circleFinding = (steps: readonly Step[]): Finding =>
  violation(
    'circular-causes',
    `${steps.length} operations each came before the others: ${steps.map(({ operation }) => `of process ${operation.process}`).join(', ')}`,
    steps.map(({ operation }) => operation),
  );
