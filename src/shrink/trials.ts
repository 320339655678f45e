/**
 * Tries a candidate: once, or as often as it takes to know.
 *
 * Under the simulator one run is exact. But whatever is left out shifts what comes after it, and a failure may be missed by a
 * hair that is as near with other chances; so a small schedule, whose run takes a moment, and one that would spare much, is tried with a
 * few other seeds too. Elsewhere a candidate fails if most of its trials do: were one enough, luck would lead the search from one rare failure to a rarer
 * one, and what it finds would hardly ever fail again. Only a run that itself fails rarely is shrunk that way.
 */
import type { Plan } from '../core/plan.ts';
import type { Worker } from '../workers/worker.ts';
import { failsAs, type Failure } from './same-failure.ts';
import type { ScheduledPlan } from './scheduled-plan.ts';

export interface Trials {
  readonly worker: Worker;
  readonly failure: Failure;
  /** Of a candidate under other runtimes than the simulator. */
  readonly trials: number;
  readonly signal: AbortSignal;
  /** The smallest plan so far. */
  readonly smallest?: ScheduledPlan;
}

/** How often a candidate must fail to count as failing: as often as the run that is shrunk. */
export type HowOften = 'mostly' | 'once';

/** Undefined for a run that does not fail at all, as it was. */
export async function howOften(
  start: ScheduledPlan,
  options: Trials,
): Promise<HowOften | undefined> {
  const failing = async (often: HowOften): Promise<boolean> =>
    (await tryCandidate(start, often, options)) === start;
  if (await failing('mostly')) return 'mostly';
  return start.runtime !== 'sim' && (await failing('once')) ? 'once' : undefined;
}

/** The candidate as it failed, or undefined. No trial is made that could not change the answer. */
export async function tryCandidate(
  candidate: ScheduledPlan,
  often: HowOften,
  { worker, failure, trials, signal, smallest = candidate }: Trials,
): Promise<ScheduledPlan | undefined> {
  const simulated = candidate.runtime === 'sim';
  const mode = simulated ? 'simulate' : 'run';
  const others = isWorthMore(candidate, smallest) ? otherSeeds(candidate) : [];
  const plans = simulated ? [candidate, ...others] : Array<ScheduledPlan>(trials).fill(candidate);
  const needed = simulated || often === 'once' ? 1 : Math.floor(trials / 2) + 1;
  let failures = 0;
  for (const [at, plan] of plans.entries()) {
    if (signal.aborted || failures + plans.length - at < needed) return undefined;
    const outcome = await worker.run({ mode, plan, secondsMax: secondsMax(plan) }, signal);
    if (outcome.how === 'judged' && failsAs(failure, outcome.verdict)) failures += 1;
    if (failures === needed) return plan;
  }
  return undefined;
}

/** Of such a schedule a run takes some milliseconds. */
const operationsFew = 60;
/** What leaves out so large a part is worth some runs more. */
const boldShare = 1 / 8;
const seedsMore = 4;

const isWorthMore = (candidate: ScheduledPlan, smallest: ScheduledPlan): boolean => {
  const { length } = candidate.schedule.operations;
  return length <= operationsFew || length <= smallest.schedule.operations.length * (1 - boldShare);
};

function otherSeeds(plan: ScheduledPlan): ScheduledPlan[] {
  const base = plan.seed.replace(seedSuffix, '');
  const seeds = Array.from({ length: seedsMore }, (_, n) => `${base}~${n + 1}`);
  return seeds.filter((seed) => seed !== plan.seed).map((seed) => withSeed(plan, seed));
}

const withSeed = (plan: ScheduledPlan, seed: string): ScheduledPlan => ({ ...plan, seed });

const seedSuffix = /~\d+$/;

const finalReadsSeconds = 60;
const graceSeconds = 60;

/** One that takes longer hangs, and is no failure of the kind that is looked for. */
function secondsMax(plan: Plan): number {
  if (plan.runtime === 'sim') return plan.checkBudgetSeconds + graceSeconds;
  return (
    plan.readyTimeoutMs / 1000 +
    plan.timeLimitSeconds +
    plan.recoveryBoundSeconds +
    finalReadsSeconds +
    plan.checkBudgetSeconds +
    graceSeconds
  );
}
