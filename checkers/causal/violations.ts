/** Where the causal order is violated: reads of what had been replaced before, and circles of causes. */
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import type { ObjectKey, Step } from '../registers/registers.ts';
import type { CausalOrder } from './causal-order.ts';

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

/** By key, then by session. If any write of a session replaces a version, the session's newest does. */
type Writes = ReadonlyMap<ObjectKey, ReadonlyMap<number, readonly Step[]>>;

function writesByKey(steps: readonly Step[], order: CausalOrder): Writes {
  const writes = new Map<ObjectKey, Map<number, Step[]>>();
  for (const step of steps) {
    if (step.written === undefined) continue;
    const ofKey = writes.get(step.key) ?? new Map<number, Step[]>();
    writes.set(step.key, ofKey);
    const { session } = order.placeOf(step);
    const ofSession = ofKey.get(session) ?? [];
    ofKey.set(session, ofSession);
    ofSession.push(step);
  }
  return writes;
}

/** The session's last write of the key that came before the step and is another one. */
function newestBefore(
  step: Step,
  session: number,
  writes: readonly Step[],
  order: CausalOrder,
): Step | undefined {
  const seen = order.seenBy(step, session);
  let low = 0;
  let high = writes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order.placeOf(writes[middle]!).nth < seen) low = middle + 1;
    else high = middle;
  }
  return writes[low - 1] === step ? writes[low - 2] : writes[low - 1];
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
