/** A pass: one way to make a failing plan smaller. It asks of candidates whether they still fail, and goes on from those that do. */
import type { ScheduledOperation } from '../core/schedule.ts';
import { ddmin } from './ddmin.ts';
import { withOperations, type ScheduledPlan } from './scheduled-plan.ts';

/**
 * The candidate as it failed, or undefined if it did not. Where chance decides it may have failed with another seed than it had. What has been
 * asked before costs nothing. Throws when the search is over.
 */
export type Attempt = (candidate: ScheduledPlan) => Promise<ScheduledPlan | undefined>;

export interface Pass {
  readonly name: string;
  readonly says: string;
  /** Resolves to the last candidate that failed, or else to the plan. */
  run(plan: ScheduledPlan, attempt: Attempt): Promise<ScheduledPlan>;
}

/** The first candidate that still fails, or else the plan. */
export async function firstOf(
  plan: ScheduledPlan,
  candidates: Iterable<ScheduledPlan>,
  attempt: Attempt,
): Promise<ScheduledPlan> {
  for (const candidate of candidates) {
    const accepted = await attempt(candidate);
    if (accepted !== undefined) return accepted;
  }
  return plan;
}

/** Leaves out whole groups of operations, as few as possible remaining; operations of no group stay. */
export async function fewerGroups(
  plan: ScheduledPlan,
  groupOf: (operation: ScheduledOperation) => unknown,
  attempt: Attempt,
): Promise<ScheduledPlan> {
  const { operations } = plan.schedule;
  const groups = [...new Set(operations.map(groupOf).filter((group) => group !== undefined))];
  let smallest = plan;
  await ddmin(groups, async (kept) => {
    const members = new Set<unknown>([undefined, ...kept]);
    const remaining = operations.filter((operation) => members.has(groupOf(operation)));
    const accepted = await attempt(withOperations(smallest, remaining));
    smallest = accepted ?? smallest;
    return accepted !== undefined;
  });
  return smallest;
}
