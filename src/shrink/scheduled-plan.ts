/** A plan whose load is a schedule: what a shrinker makes smaller, and how it changes one. */
import type { Plan } from '../core/plan.ts';
import { isFault } from '../core/schedule.ts';
import type { Schedule, ScheduledOperation } from '../core/schedule.ts';
import { secondsOf } from '../generator/scheduled.ts';

export type ScheduledPlan = Plan & { readonly schedule: Schedule };

/** What is made smaller, in the words of a progress line. */
export interface Size {
  /** Starts; a fault whose healing is left to the end of the load counts too. */
  readonly faults: number;
  /** Of clients, in the load. */
  readonly operations: number;
  readonly nodes: number;
  readonly seconds: number;
}

export function sizeOf({ schedule, nodes }: ScheduledPlan): Size {
  const { operations } = schedule;
  return {
    faults: operations.filter((each) => isFault(each) && each.f === 'start').length,
    operations: operations.filter((each) => !isFault(each)).length,
    nodes,
    seconds: secondsOf(operations),
  };
}

/** The plan with these operations in place of its own. */
export const withOperations = (
  plan: ScheduledPlan,
  operations: readonly ScheduledOperation[],
): ScheduledPlan => ({ ...plan, schedule: { ...plan.schedule, operations } });
