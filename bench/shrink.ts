/**
 * How small the shrinker makes what the simulator finds, and how long it takes: `node bench/shrink.ts [BUG] [RUNS]`.
 *
 * For each planted bug whose name contains BUG, the first RUNS [3] of 40 seeds under the nemeses of today that show it, at the default size: five nodes, ten
 * clients, 30 seconds. Prints a line for each, then the medians.
 */
import { systems } from '../nodes/systems.ts';
import { nemeses } from '../nemeses/registry.ts';
import { configSchema } from '../src/config/schema.ts';
import { settingsOf } from '../src/config/settings.ts';
import type { Plan } from '../src/core/plan.ts';
import { scheduleOf } from '../src/core/schedule.ts';
import type { BugInfo, System } from '../src/core/seams/system.ts';
import { makePlan } from '../src/run/plan.ts';
import { judgeSimulated, simulate } from '../src/run/simulate.ts';
import { failureOf } from '../src/shrink/same-failure.ts';
import { sizeOf, type Size } from '../src/shrink/scheduled-plan.ts';
import { shrinkRun, type FailedRun } from '../src/shrink/shrink-run.ts';

const [wanted = '', runs = '3'] = process.argv.slice(2);
const seedsMax = 40;
const budgetMs = 120_000;
const sizes: (Size & { readonly searchSeconds: number })[] = [];

for (const system of Object.values<System>(systems))
  for (const bug of system.bugs.filter(({ id }) => id.includes(wanted)))
    await shrinkAll(system, bug);

const median = (field: keyof (typeof sizes)[number]): number =>
  sizes.map((size) => size[field]).toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
console.log(
  `median of ${sizes.length}: ${median('operations')} operations, ${median('faults')} faults, ${median('nodes')} nodes, ` +
    `${median('seconds').toFixed(2)} s; found in ${median('searchSeconds').toFixed(1)} s`,
);

async function shrinkAll(system: System, bug: BugInfo): Promise<void> {
  let left = Number(runs);
  for (const nemesis of bug.shows.under.filter((family) => family in nemeses))
    for (let seed = 1; seed <= seedsMax && left > 0; seed++) {
      const plan = planOf(system, bug, nemesis, seed);
      const failed = await found(plan);
      if (failed === undefined) continue;
      left -= 1;
      await shrinkOne(`${bug.id} ${nemesis} seed ${seed}`, failed);
    }
  if (left === Number(runs)) console.log(`${bug.id}: not found in ${seedsMax} seeds`);
}

function planOf({ name }: System, { id }: BugInfo, nemesis: string, seed: number): Plan {
  return makePlan(
    settingsOf(
      configSchema.parse({
        runtime: 'sim',
        system: name,
        nemesis: [nemesis],
        bug: [id],
        seed: String(seed),
      }),
    ),
    systems,
  );
}

async function found(plan: Plan): Promise<FailedRun | undefined> {
  const run = await simulate(plan, systems);
  const failure = failureOf(await judgeSimulated(plan, run));
  const schedule = scheduleOf(run.history.entries, plan.concurrency);
  return failure && { failure, start: { ...plan, schedule } };
}

async function shrinkOne(name: string, failed: FailedRun): Promise<void> {
  const beganMs = performance.now();
  const shrunk = await shrinkRun(failed, {
    systems,
    trials: 1,
    budgetMs,
    signal: new AbortController().signal,
    stopNow: new AbortController().signal,
    onProgress: () => {},
  });
  if (shrunk === undefined) throw new Error(`${name}: its schedule does not fail`);
  const searchSeconds = (performance.now() - beganMs) / 1000;
  const size = sizeOf(shrunk.smallest);
  sizes.push({ ...size, searchSeconds });
  console.log(
    `${name} ${failed.failure.finding}: ${size.operations} operations, ${size.faults} faults, ${size.nodes} nodes, ${size.seconds.toFixed(2)} s; ` +
      `${shrunk.candidates} candidates in ${searchSeconds.toFixed(1)} s${shrunk.isSmallest ? '' : ', not finished'}`,
  );
}
