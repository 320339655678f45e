/** The plans of a configuration, one for each run of `--repeat`. All but the seed is the same, and checked at once. */
import type { CompleteConfig } from '../config/schema.ts';
import { seedOfRun, settingsOf } from '../config/settings.ts';
import type { Given, Plan } from '../core/plan.ts';
import { makePlan, type Systems } from '../run/plan.ts';

/** How many runs there are; `--until-fail` alone goes on for ever. */
export const runsOf = ({
  repeat,
  untilFail,
}: Pick<CompleteConfig, 'repeat' | 'untilFail'>): number =>
  untilFail && repeat === 1 ? Number.POSITIVE_INFINITY : repeat;

/** Throws a usage error at once for a plan that cannot be. */
export function plansOf(
  config: CompleteConfig,
  systems: Systems,
  given?: Given,
): Iterator<Plan> & Iterable<Plan> {
  const first = makePlan(settingsOf(config, given), systems);
  return numbered(first, runsOf(config));
}

function* numbered(first: Plan, runs: number): Generator<Plan> {
  for (let ordinal = 1; ordinal <= runs; ordinal++)
    yield { ...first, seed: seedOfRun(first.seed, ordinal) };
}
