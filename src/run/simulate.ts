/**
 * A simulated run in memory, and its judgement in this process: for those who make thousands of them and need a folder only
 * of the few that are of interest. The same plan gives the same run in a folder (`runPlan`).
 *
 * A checker that runs out of memory takes this process with it; so whoever calls this in earnest does it in a process that it can
 * do without.
 */
import { makeChecker } from '../../checkers/registry.ts';
import { jsonCopy } from '../../nodes/sdk/memory/json-copy.ts';
import type { Passage } from '../../nodes/sdk/memory/network.ts';
import type { Entry } from '../core/history/entry.ts';
import { nodeIds } from '../core/ids.ts';
import { firstFailure } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { CheckInput } from '../core/seams/checker.ts';
import { traceOf, type Traced } from '../core/trace.ts';
import type { CheckResult } from '../core/verdict.ts';
import { runChecks } from '../judge/run-checks.ts';
import { outputInMemory } from '../runtimes/sim/output.ts';
import { simRuntime } from '../runtimes/sim/runtime.ts';
import { budgetOf, specsOf } from './judgements.ts';
import { historyHeader, liveRun } from './live-run.ts';
import { castOf, type Systems } from './plan.ts';
import { verdictFrom, type RunVerdict } from './verdict-from.ts';
import { withFailure } from './with-failure.ts';

/** What a run would have left on disk. */
export interface SimulatedRun extends CheckInput {
  /** In the order in which they happened. */
  readonly events: readonly Traced[];
  /** Of the harness or the environment; what was recorded until then is there. */
  readonly failure: unknown;
}

export interface SimulateOptions {
  /** Ends the run before its time. */
  readonly signal?: AbortSignal;
  /** Told what became of every frame. */
  readonly onPassage?: (passage: Passage) => void;
}

/** Makes the plan's run under the simulator, whatever runtime the plan names. */
export async function simulate(
  plan: Plan,
  systems: Systems,
  { signal = new AbortController().signal, onPassage }: SimulateOptions = {},
): Promise<SimulatedRun> {
  const output = outputInMemory();
  const runtime = simRuntime({ output, ...(onPassage === undefined ? {} : { onPassage }) });
  const header = historyHeader(runtime);
  const entries: Entry[] = [];
  const failure = await liveRun(plan, castOf(plan, systems), runtime, {
    originNs: header.originNs,
    runFolder: '',
    keepDisks: false,
    record: (entry) => void entries.push(jsonCopy(entry)),
    say: () => {},
    onStart: () => {},
    signal,
    stopNow: signal,
  }).then(() => undefined, firstFailure);
  return {
    history: { header, entries, torn: false },
    trace: traceOf(output.events),
    nodes: nodeIds(plan.nodes),
    events: output.events,
    failure,
  };
}

/** What `verdict.json` of such a run would say; where the run failed, that. */
export async function judgeSimulated(plan: Plan, run: SimulatedRun): Promise<RunVerdict> {
  const beganMs = performance.now();
  const checks: CheckResult[] = [];
  await runChecks(
    specsOf(plan).map((spec) => makeChecker(spec)),
    run,
    budgetOf(plan),
    ({ result }) => void checks.push(result),
  );
  const judged = verdictFrom(plan, run.history, checks, (performance.now() - beganMs) / 1000);
  return run.failure === undefined ? judged : withFailure(judged, run.failure);
}
