/** Passes that leave things out: the phases of calm, whole threads and keys, faults, single operations. */
import { isFault } from '../core/schedule.ts';
import type { ScheduledOperation } from '../core/schedule.ts';
import { fewerGroups, firstOf, type Pass } from './pass.ts';
import { withOperations } from './scheduled-plan.ts';

export const noCalm: Pass = {
  name: 'no-calm',
  says: 'leaves out recovery and final reads',
  run: (plan, attempt) => {
    const candidate = { ...plan, schedule: { ...plan.schedule, calm: false } };
    return firstOf(plan, plan.schedule.calm ? [candidate] : [], attempt);
  },
};

/** Bisection, though a shorter run may pass where a still shorter one fails: what it finds fails, and costs a few runs. */
export const endSooner: Pass = {
  name: 'end-sooner',
  says: 'ends the load sooner',
  async run(plan, attempt) {
    const { operations } = plan.schedule;
    let smallest = plan;
    let passes = 0;
    let fails = operations.length;
    while (fails - passes > 1) {
      const middle = Math.floor((passes + fails) / 2);
      const accepted = await attempt(withOperations(smallest, operations.slice(0, middle)));
      smallest = accepted ?? smallest;
      if (accepted === undefined) passes = middle;
      else fails = middle;
    }
    return smallest;
  },
};

/** Of a thread that is left out the node may still be a member of the cluster. */
export const fewerThreads: Pass = {
  name: 'fewer-threads',
  says: 'leaves out all that a client thread, or a nemesis, does',
  run: (plan, attempt) => fewerGroups(plan, ({ thread }) => thread, attempt),
};

/** Faults have no key, and stay. */
export const fewerKeys: Pass = {
  name: 'fewer-keys',
  says: 'leaves out all operations of a key',
  run: (plan, attempt) => fewerGroups(plan, ({ key }) => key, attempt),
};

/** A stop without its start would heal what is whole, and a start without its stop is another fault. */
export const fewerFaults: Pass = {
  name: 'fewer-faults',
  says: 'leaves out a fault, its start with its stop',
  run(plan, attempt) {
    const ordinals = faultOrdinals(plan.schedule.operations);
    return fewerGroups(plan, (operation) => ordinals.get(operation), attempt);
  },
};

/** The last word, and the dearest: as many runs as there are operations, or more. */
export const fewerOperations: Pass = {
  name: 'fewer-operations',
  says: 'leaves out single operations, and the stops of faults',
  run: (plan, attempt) => fewerGroups(plan, (operation) => operation, attempt),
};

/** `partition 1` for the first start of a partition, and for the stop that follows it. */
function faultOrdinals(
  operations: readonly ScheduledOperation[],
): ReadonlyMap<ScheduledOperation, string> {
  const begun = new Map<unknown, number>();
  const ordinals = new Map<ScheduledOperation, string>();
  for (const operation of operations.filter(isFault)) {
    const { thread, f } = operation;
    if (f === 'start') begun.set(thread, (begun.get(thread) ?? 0) + 1);
    ordinals.set(operation, `${thread} ${begun.get(thread) ?? 0}`);
  }
  return ordinals;
}
