/** What each phase of a run asks for: the workload's and the nemeses' generators, put together by the plan. */
import type { Key } from '../core/history/entry.ts';
import { nodeIds } from '../core/ids.ts';
import type { Plan } from '../core/plan.ts';
import { seededRandom } from '../core/random.ts';
import type { Generator } from '../core/seams/generator.ts';
import type { Nemesis } from '../core/seams/nemesis.ts';
import type { Workload, WorkloadContext } from '../core/seams/workload.ts';
import { any } from '../generator/any.ts';
import { onClients, onNemesis, onThreads } from '../generator/on-threads.ts';
import { once } from '../generator/operations.ts';
import { delay, stagger } from '../generator/pace.ts';
import { scheduled } from '../generator/scheduled.ts';
import { timeLimit } from '../generator/time-limit.ts';
import { untilOk } from '../generator/until-ok.ts';

/** From one attempt of a client to its next while it waits for the system to recover. */
const recoveryIntervalSeconds = 0.1;
const finalReadsSecondsMax = 60;

/** The plan's schedule; or clients at the plan's rate, and every nemesis at its own rhythm. Until the time is up. */
export function loadGenerator(
  plan: Plan,
  workload: Workload,
  nemeses: readonly Nemesis[],
): Generator {
  const load =
    plan.schedule === undefined
      ? drawnLoad(plan, workload, nemeses)
      : scheduled(plan.schedule.operations);
  return timeLimit(plan.timeLimitSeconds, load);
}

function drawnLoad(plan: Plan, workload: Workload, nemeses: readonly Nemesis[]): Generator {
  const random = seededRandom(plan.seed);
  const operations = workload.generator(workloadContext(plan, 'load'));
  const paced =
    plan.rateOpsPerSec === 0
      ? operations
      : stagger(random.fork('pace'), plan.rateOpsPerSec, operations);
  const faults = nemeses.map((nemesis) =>
    onNemesis(
      nemesis.family,
      nemesis.generator({
        nodes: nodeIds(plan.nodes),
        random: random.fork(`nemesis/${nemesis.family}`),
        stability: plan.stability,
        options: plan.options,
      }),
    ),
  );
  return any(onClients(paced), ...faults);
}

/** Every nemesis once: heal. */
export const healGenerator = (nemeses: readonly Nemesis[]): Generator =>
  any(...nemeses.map(({ family }) => onNemesis(family, once({ f: 'stop', value: null }))));

/** Every client until its first `ok`, within the bound. */
export function recoveryGenerator(plan: Plan, workload: Workload): Generator {
  const context = workloadContext(plan, 'recover');
  const threads = Array.from({ length: plan.concurrency }, (_, thread) => thread);
  const attempts = threads.map((thread) =>
    onThreads(
      (id) => id === thread,
      untilOk(delay(recoveryIntervalSeconds, workload.recovery(context, thread))),
      `client ${thread}`,
    ),
  );
  return timeLimit(plan.recoveryBoundSeconds, any(...attempts));
}

/** What the workload asks last, of every key that the history has. */
export const finalGenerator = (plan: Plan, workload: Workload, keys: readonly Key[]): Generator =>
  timeLimit(
    finalReadsSecondsMax,
    onClients(workload.finalReads(workloadContext(plan, 'final'), keys)),
  );

const workloadContext = (plan: Plan, phase: string): WorkloadContext => ({
  random: seededRandom(plan.seed).fork(`workload/${phase}`),
  concurrency: plan.concurrency,
  options: plan.options,
});
