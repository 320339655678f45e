/** What a campaign must know of the runtime of its runs. */
import { availableParallelism } from 'node:os';
import type { Plan } from '../core/plan.ts';
import { runtimes, type RuntimeEntry } from '../runtimes/registry.ts';

const known: Readonly<Record<string, RuntimeEntry>> = runtimes;

/** Whether a seed repeats its runs exactly, and none disturbs another. */
export const isVirtual = ({ runtime }: Pick<Plan, 'runtime'>): boolean =>
  known[runtime]?.isVirtual ?? false;

/** One for each core, but one alone where runs share the host's time with each other: a slow machine looks like a fault. */
export const workersFor = (plan: Pick<Plan, 'runtime'>): number =>
  isVirtual(plan) ? availableParallelism() : 1;

/** Twice what a run takes in real time, the time that each of its checks may take in all, and a moment to start. */
export const runSecondsMaxOf = (plan: Plan): number =>
  Math.ceil(
    2 * (plan.timeLimitSeconds + plan.recoveryBoundSeconds + plan.readyTimeoutMs / 1000) +
      plan.checkBudgetSeconds +
      startSecondsMax,
  );

const startSecondsMax = 60;

/** A worker holds a run and its checks in one heap: what a check may take, and as much as the longest history. */
export const memoryMegabytesOf = (plan: Plan): number =>
  plan.checkMemoryMegabytes + runMegabytesMax;

const runMegabytesMax = 512;
