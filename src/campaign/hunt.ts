/** Hunts one planted bug under one nemesis: seed after seed, until a checker finds what the bug is known by. */
import { replayCommand } from '../run/replay.ts';
import type { BriefVerdict, Outcome, Task } from '../workers/task.ts';
import type { Worker } from '../workers/worker.ts';
import { isVirtual } from './runtime.ts';
import { plansOfHunt, type Hunt } from './selftest.ts';

export interface HuntResult {
  readonly system: string;
  readonly bug: string;
  readonly nemesis: string;
  readonly found: boolean;
  /** What it was found as, of the names that the bug is known by. */
  readonly as: readonly string[];
  /** Up to the one that found it. */
  readonly runs: number;
  /** Of all of them; of the workers' processes, without nodes that have processes of their own. */
  readonly cpuSeconds: number;
  /** How many ended in an error. */
  readonly errors: number;
  /** Findings of invalid runs that the bug is not known by. */
  readonly foundOtherwise: readonly string[];
  /** The run that found it. */
  readonly seed?: string;
  readonly replay?: string;
}

/** Undefined where the signal ended it before it was found. */
export async function hunt(
  quarry: Hunt,
  worker: Worker,
  signal: AbortSignal,
  onRun: () => void,
): Promise<HuntResult | undefined> {
  const { system, bug, nemesis, runSecondsMax: secondsMax } = quarry;
  const result = {
    system,
    bug: bug.id,
    nemesis,
    found: false,
    as: [],
    runs: 0,
    cpuSeconds: 0,
    errors: 0,
  };
  const otherwise = new Set<string>();
  const found = { ...result };
  for (const plan of plansOfHunt(quarry)) {
    const mode: Task['mode'] = isVirtual(plan) ? 'simulate' : 'run';
    const outcome = await worker.run({ mode, plan, secondsMax }, signal);
    if (wasStopped(outcome)) return undefined;
    onRun();
    found.runs += 1;
    if (outcome.how !== 'judged' || outcome.verdict.verdict === 'error') found.errors += 1;
    if (outcome.how !== 'judged') continue;
    found.cpuSeconds += outcome.cpuSeconds;
    const names = namesIn(outcome.verdict);
    const as = names.filter((name) => bug.shows.as.includes(name));
    if (as.length > 0)
      return {
        ...found,
        found: true,
        as,
        foundOtherwise: [...otherwise],
        seed: plan.seed,
        replay: replayCommand(plan),
      };
    for (const name of names) otherwise.add(name);
  }
  return { ...found, foundOtherwise: [...otherwise] };
}

const wasStopped = (outcome: Outcome): boolean =>
  outcome.how === 'stopped' || (outcome.how === 'judged' && outcome.verdict.interrupted);

/** Of an invalid run: the checkers that say so, and what they found, each name once. */
function namesIn({ verdict, checks, findings }: BriefVerdict): string[] {
  if (verdict !== 'invalid') return [];
  const types = findings.filter(({ kind }) => kind !== 'note').map(({ type }) => type);
  const checkers = checks
    .filter((check) => check.verdict.verdict === 'invalid')
    .map(({ checker }) => checker);
  return [...new Set([...types, ...checkers])];
}
