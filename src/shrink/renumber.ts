/** Passes that change nothing but numbers and names: client threads without gaps, no nemesis that has nothing to do, a time limit that fits. */
import { isFault, type ScheduledOperation } from '../core/schedule.ts';
import { secondsOf } from '../generator/scheduled.ts';
import { firstOf, type Pass } from './pass.ts';
import { withOperations, type ScheduledPlan } from './scheduled-plan.ts';

export const closeRanks: Pass = {
  name: 'close-ranks',
  says: 'numbers the client threads anew, each staying with its node',
  run: (plan, attempt) => {
    const candidate = renumbered(plan);
    return firstOf(plan, candidate.concurrency < plan.concurrency ? [candidate] : [], attempt);
  },
};

/** A run may be held up for longer than its schedule says. */
const spareSeconds = 5;

/** What can be tidied without a doubt; it is tried all the same. */
export const tidyUp: Pass = {
  name: 'tidy-up',
  says: 'leaves out what the schedule does not need of the plan',
  run: (plan, attempt) => {
    const candidate = tidied(plan);
    const isNew = JSON.stringify(candidate) !== JSON.stringify(plan);
    return firstOf(plan, isNew ? [candidate] : [], attempt);
  },
};

/** Thread t talks to node t modulo their number, and keeps doing so. */
function renumbered(plan: ScheduledPlan): ScheduledPlan {
  const { operations } = plan.schedule;
  const used = [
    ...new Set(operations.flatMap(({ thread }) => (typeof thread === 'number' ? thread : []))),
  ];
  const next = Array.from({ length: plan.nodes }, (_, node) => node);
  const numbers = new Map<unknown, number>();
  for (const thread of used.toSorted((a, b) => a - b)) {
    const node = thread % plan.nodes;
    numbers.set(thread, next[node]!);
    next[node]! += plan.nodes;
  }
  const moved = (operation: ScheduledOperation): ScheduledOperation => ({
    ...operation,
    thread: numbers.get(operation.thread) ?? operation.thread,
  });
  const concurrency = Math.max(0, ...numbers.values()) + 1;
  return { ...withOperations(plan, operations.map(moved)), concurrency };
}

function tidied(plan: ScheduledPlan): ScheduledPlan {
  const { operations } = plan.schedule;
  const busy = new Set(operations.filter(isFault).map(({ thread }) => thread));
  const nemeses = plan.nemeses.filter((family) => busy.has(`nemesis:${family}`));
  const idle = plan.nemeses.filter((family) => !nemeses.includes(family));
  const options = Object.entries(plan.options).filter(
    ([name]) => !idle.some((family) => name.startsWith(`${family}.`)),
  );
  return {
    ...plan,
    nemeses,
    options: Object.fromEntries(options),
    timeLimitSeconds: Math.min(
      plan.timeLimitSeconds,
      Math.ceil(secondsOf(operations)) + spareSeconds,
    ),
  };
}
