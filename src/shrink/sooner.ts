/** Passes over time: what is waited for without need is left out, and moments are round where they can be. */
import type { ScheduledOperation } from '../core/schedule.ts';
import { nsPerMs } from '../core/time.ts';
import { firstOf, type Pass } from './pass.ts';
import { withOperations, type ScheduledPlan } from './scheduled-plan.ts';

/** Less is hardly worth a run. */
const gapMsMin = 20;
/** What a gap becomes at best: things that happen at one moment are hard to read. */
const gapMsLeast = 5;

/** From the longest gap to the shortest; each is tried at its least, then at a half of it. */
export const shorterGaps: Pass = {
  name: 'shorter-gaps',
  says: 'lets what follows a pause come sooner',
  async run(plan, attempt) {
    let smallest = plan;
    const places = gapsOf(plan)
      .map((gapNs, place) => ({ gapNs, place }))
      .filter(({ gapNs }) => gapNs >= gapMsMin * nsPerMs)
      .toSorted((a, b) => b.gapNs - a.gapNs);
    for (const { place } of places)
      smallest = await firstOf(smallest, withShorterGap(smallest, place), attempt);
    return smallest;
  },
};

/** Moments are tried as whole tens of milliseconds, then as whole milliseconds. */
export const rounderTimes: Pass = {
  name: 'rounder-times',
  says: 'rounds the times of all operations',
  run: (plan, attempt) =>
    firstOf(
      plan,
      [10, 1]
        .map((ms) => at(plan, ({ atNs }) => Math.round(atNs / (ms * nsPerMs)) * ms * nsPerMs))
        .slice(0, isRound(plan, 10) ? 0 : isRound(plan, 1) ? 1 : 2),
      attempt,
    ),
};

const isRound = ({ schedule }: ScheduledPlan, ms: number): boolean =>
  schedule.operations.every(({ atNs }) => atNs % (ms * nsPerMs) === 0);

/** From one operation to the next, the first from the beginning. */
const gapsOf = ({ schedule: { operations } }: ScheduledPlan): number[] =>
  operations.map(({ atNs }, place) => atNs - (operations[place - 1]?.atNs ?? 0));

function withShorterGap(plan: ScheduledPlan, place: number): ScheduledPlan[] {
  const gapNs = gapsOf(plan)[place]!;
  const lengths = [gapMsLeast * nsPerMs, Math.round(gapNs / 2)];
  return lengths.map((lengthNs) =>
    at(plan, ({ atNs }, each) => (each < place ? atNs : atNs - gapNs + lengthNs)),
  );
}

const at = (
  plan: ScheduledPlan,
  timeOf: (operation: ScheduledOperation, place: number) => number,
): ScheduledPlan =>
  withOperations(
    plan,
    plan.schedule.operations.map((operation, place) => ({
      ...operation,
      atNs: timeOf(operation, place),
    })),
  );
