/** The writes of each register by session, and which of them is the newest that came before a step. */
import type { ObjectKey, Step } from '../registers/registers.ts';
import type { CausalOrder } from './causal-order.ts';

/** By key, then by session. If any write of a session replaces a version, the session's newest does. */
export type Writes = ReadonlyMap<ObjectKey, ReadonlyMap<number, readonly Step[]>>;

/** The writes of the steps. */
export function writesByKey(steps: readonly Step[], order: CausalOrder): Writes {
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
export function newestBefore(
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
