/**
 * Tries a candidate: once, or as often as it takes to see it fail.
 *
 * Under the simulator one run is exact. But whatever is left out shifts what comes after it, and a failure may be missed by a
 * hair that is as near with other chances; so a small schedule, whose run takes a moment, is tried with a few other seeds
 * too. Elsewhere a candidate fails if any of its trials does: that a run once failed is a fact, that it passed is none.
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
}

/** The candidate as it failed, or undefined. */
export async function tryCandidate(
  candidate: ScheduledPlan,
  { worker, failure, trials, signal }: Trials,
): Promise<ScheduledPlan | undefined> {
  const simulated = candidate.runtime === 'sim';
  const plans = simulated ? otherSeeds(candidate) : Array<ScheduledPlan>(trials).fill(candidate);
  for (const plan of plans) {
    const mode = simulated ? 'simulate' : 'run';
    const outcome = await worker.run({ mode, plan, secondsMax: secondsMax(plan) }, signal);
    if (outcome.how === 'judged' && failsAs(failure, outcome.verdict)) return plan;
    if (signal.aborted) return undefined;
  }
  return undefined;
}

/** Of such a schedule a run takes some milliseconds. */
const operationsMax = 60;
const seedsMore = 4;

function otherSeeds(plan: ScheduledPlan): ScheduledPlan[] {
  if (plan.schedule.operations.length > operationsMax) return [plan];
  const base = plan.seed.replace(seedSuffix, '');
  const seeds = Array.from({ length: seedsMore }, (_, n) => `${base}~${n + 1}`);
  const others = seeds.filter((seed) => seed !== plan.seed);
  return [plan, ...others.map((seed) => withSeed(plan, seed))];
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
