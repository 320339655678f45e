/**
 * Settings: a complete configuration in the words of the plan, with nothing left open: the seed is drawn, `2n` is a
 * number. What they name may still not exist; `makePlan` in `src/run/plan.ts` says so.
 */
import { randomInt } from 'node:crypto';
import type { Given, Plan } from '../core/plan.ts';
import type { CompleteConfig } from './schema.ts';

/** What one run depends on: a plan that nobody has validated yet. */
export type Settings = Omit<Plan, 'format' | 'version' | 'invariants' | 'schedule'>;

/** `none` beside other nemeses adds nothing. */
export function settingsOf(config: CompleteConfig, given?: Given): Settings {
  return {
    system: config.system,
    workload: config.workload,
    nemeses: config.nemesis.filter((family) => family !== 'none'),
    runtime: config.runtime,
    nodes: config.nodes,
    concurrency: threads(config.concurrency, config.nodes),
    rateOpsPerSec: config.rate === 'max' ? 0 : config.rate,
    timeLimitSeconds: config.timeLimit,
    seed: config.seed ?? freshSeed(),
    bugs: config.bug,
    options: config.option,
    stability: { faultSeconds: config.faultSeconds, calmSeconds: config.calmSeconds },
    operationTimeoutMs: config.operationTimeoutMs,
    readyTimeoutMs: config.readyTimeoutMs,
    recoveryBoundSeconds: config.recoveryBoundSeconds,
    checkBudgetSeconds: config.checkBudgetSeconds,
    checkMemoryMegabytes: config.checkMemoryMegabytes,
    toxiproxy: config.toxiproxy,
    images: config.image,
    ...(given === undefined || isEmpty(given) ? {} : { given }),
  };
}

const isEmpty = ({ config, settings }: Given): boolean =>
  config === undefined && settings.length === 0;

/** The seed of the `ordinal`-th run of `--repeat`, from 1: that of the first is the given one. */
export function seedOfRun(seed: string, ordinal: number): string {
  if (ordinal === 1) return seed;
  return /^\d{1,15}$/.test(seed) ? String(Number(seed) + ordinal - 1) : `${seed}-${ordinal}`;
}

/** `2n` stands for twice as many as there are nodes. */
function threads(concurrency: number | string, nodes: number): number {
  return typeof concurrency === 'number' ? concurrency : Number(concurrency.slice(0, -1)) * nodes;
}

/** The one draw that no seed rules, for it makes the seed; short enough to be typed. */
const freshSeed = (): string => String(randomInt(1_000_000_000));
