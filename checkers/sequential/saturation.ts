/**
 * What must come before what in every sequential order, though no process and no answer says so.
 *
 * A write of a register lies before the write that a read answered, or after the read: never between. So a write that comes before the
 * read comes before what was read, and one that comes after what was read comes after the read. Each of these may tell more.
 *
 *   process 0: write x 1, write y 1       process 1: read y 1, write x 2       process 2: read x 2, read x 1
 *
 * Here x's 1 comes before x's 2, so all that read it come before that; and process 2 says the contrary.
 * Source: Zennou, Bouajjani, Enea, Erradi, CAV 2019, "Gradual Consistency Checking".
 */
import { causalOrderOf } from '../causal/causal-order.ts';
import type { CausalOrder, Circle } from '../causal/causal-order.ts';
import { newestBefore, writesByKey } from '../causal/writes.ts';
import type { Writes } from '../causal/writes.ts';
import { addTo } from '../claims/groups.ts';
import type { Patience } from '../claims/patience.ts';
import type { ObjectKey, Step } from '../registers/registers.ts';

/** The order that follows from all of it; a circle is proof that there is no sequential one. */
export function saturatedOrderOf(steps: readonly Step[], patience: Patience): CausalOrder | Circle {
  const told = new Map<Step, Step[]>();
  for (;;) {
    const order = causalOrderOf(steps, patience, (step) => told.get(step) ?? []);
    if (order.kind === 'circle') return order;
    const fresh = followingFrom(steps, order, patience);
    if (fresh.length === 0) return order;
    for (const { before, after } of fresh) addTo(told, after, before);
  }
}

interface Precedence {
  readonly before: Step;
  readonly after: Step;
}

/** What the order says by these rules and does not have yet. */
function followingFrom(
  steps: readonly Step[],
  order: CausalOrder,
  patience: Patience,
): Precedence[] {
  const writes = writesByKey(steps, order);
  const readers = readersOf(steps, order);
  const fresh: Precedence[] = [];
  const tell = (before: Step, after: Step): void => {
    patience.tick();
    if (before !== after && !order.isBefore(before, after)) fresh.push({ before, after });
  };
  for (const step of steps) {
    const source = order.sourceOf(step);
    if (source !== undefined)
      for (const write of newestOnes(step, writes, order)) tell(write, source);
    if (step.written === undefined) continue;
    for (const reader of readers.initial.get(step.key) ?? []) tell(reader, step);
    for (const write of newestOnes(step, writes, order))
      for (const reader of readers.ofWrite.get(write) ?? []) tell(reader, step);
  }
  return fresh;
}

/** Of each session the newest write of the step's register that comes before it; the others come before that one. */
const newestOnes = (step: Step, writes: Writes, order: CausalOrder): Step[] =>
  [...(writes.get(step.key) ?? [])].flatMap(
    ([session, ofSession]) => newestBefore(step, session, ofSession, order) ?? [],
  );

/** Who observed what was written, and who observed that nothing had been. */
function readersOf(steps: readonly Step[], order: CausalOrder) {
  const ofWrite = new Map<Step, Step[]>();
  const initial = new Map<ObjectKey, Step[]>();
  for (const step of steps) {
    if (step.observed === undefined) continue;
    const source = order.sourceOf(step);
    if (source === undefined) addTo(initial, step.key, step);
    else addTo(ofWrite, source, step);
  }
  return { ofWrite, initial };
}
