/** Performs one task in this process. What takes it down, or hangs it, is whoever started the process to bear with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemsFor } from '../run/known-systems.ts';
import type { Systems } from '../run/plan.ts';
import { runPlan, type RunResult } from '../run/run.ts';
import { judgeSimulated, simulate } from '../run/simulate.ts';
import type { RunVerdict } from '../run/verdict-from.ts';
import type { BriefVerdict, Performance, Task } from './task.ts';

export interface Stops {
  /** Heal and judge what there is. */
  readonly signal: AbortSignal;
  readonly stopNow: AbortSignal;
}

/** Rejects for what cannot be begun: a system that is nowhere, a folder that cannot be made. */
export async function perform(task: Task, stops: Stops): Promise<Performance> {
  const before = process.cpuUsage();
  const systems = await systemsFor(task.plan, process.cwd());
  const { verdict, folder } = await (task.mode === 'simulate'
    ? simulated(task, systems, stops)
    : runIn(task, systems, stops));
  const { user, system } = process.cpuUsage(before);
  return {
    verdict: briefly(verdict),
    ...(folder === undefined ? {} : { folder }),
    cpuSeconds: (user + system) / 1e6,
    memoryMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
}

interface Performed {
  readonly verdict: RunVerdict;
  readonly folder?: string;
}

async function simulated({ plan }: Task, systems: Systems, { signal }: Stops): Promise<Performed> {
  return { verdict: await judgeSimulated(plan, await simulate(plan, systems, { signal })) };
}

async function runIn(task: Task, systems: Systems, stops: Stops): Promise<Performed> {
  const run = (outFolder: string): Promise<RunResult> =>
    runPlan(task.plan, { systems, outFolder, keep: false, ...stops });
  if (task.outFolder !== undefined) return run(task.outFolder);
  const passing = await mkdtemp(join(tmpdir(), 'dsp-run-'));
  try {
    const { verdict } = await run(passing);
    return { verdict };
  } finally {
    await rm(passing, { recursive: true, force: true });
  }
}

function briefly(verdict: RunVerdict): BriefVerdict {
  const { kind, reason, error, errorCode } = verdict;
  return {
    verdict: verdict.verdict,
    ...(kind === undefined ? {} : { kind }),
    ...(reason === undefined ? {} : { reason }),
    ...(error === undefined ? {} : { error }),
    ...(errorCode === undefined ? {} : { errorCode }),
    summary: verdict.summary,
    interrupted: verdict.interrupted,
    seed: verdict.seed,
    counts: verdict.counts,
    findings: verdict.findings.map(({ type, kind: gravity, summary, entries }) => ({
      type,
      kind: gravity,
      summary,
      entries,
    })),
    checks: verdict.checks.map(({ checker, verdict: said, summary }) => ({
      checker,
      verdict: said,
      summary,
    })),
    durationSeconds: verdict.durationSeconds,
  };
}
