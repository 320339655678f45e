/**
 * Makes a failing plan smaller, pass after pass, until no pass finds anything more or the time is over.
 *
 * It knows nothing of runs: it is told of a candidate whether it still fails. Nothing that it returns has not failed.
 */
import { hash } from 'node:crypto';
import { fewerNodes } from './fewer-nodes.ts';
import {
  endSooner,
  fewerFaults,
  fewerKeys,
  fewerOperations,
  fewerThreads,
  noCalm,
} from './leave-out.ts';
import type { Attempt, Pass } from './pass.ts';
import { closeRanks, tidyUp } from './renumber.ts';
import { rounderTimes, shorterGaps } from './sooner.ts';
import type { ScheduledPlan } from './scheduled-plan.ts';

/** What spares most comes first: a short run with few operations makes all that follows fast. */
export const passes = (nodesMin: number): readonly Pass[] => [
  noCalm,
  endSooner,
  fewerKeys,
  fewerThreads,
  fewerFaults,
  fewerOperations,
  fewerNodes(nodesMin),
  closeRanks,
  shorterGaps,
  rounderTimes,
  tidyUp,
];

export interface ShrinkOptions {
  readonly nodesMin: number;
  /** Runs a candidate, as often as it takes to know. */
  readonly stillFails: Attempt;
  /** No more candidates are tried. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ShrinkProgress) => void;
}

export interface ShrinkProgress {
  readonly smallest: ScheduledPlan;
  /** The pass that is at work. */
  readonly pass: string;
  readonly candidates: number;
}

export interface Shrunk extends Omit<ShrinkProgress, 'pass'> {
  /** Than what it began with. */
  readonly isSmaller: boolean;
  /** No pass finds anything more. */
  readonly isSmallest: boolean;
}

/** `start` is taken to fail. */
export async function shrink(start: ScheduledPlan, options: ShrinkOptions): Promise<Shrunk> {
  const { signal, stillFails, onProgress } = options;
  const tried = new Set<string>([key(start)]);
  let smallest = start;
  let candidates = 0;
  for (;;) {
    const before = smallest;
    for (const pass of passes(options.nodesMin)) {
      const tell = () => onProgress({ smallest, pass: pass.name, candidates });
      tell();
      smallest = await pass.run(smallest, async (candidate) => {
        const name = key(candidate);
        if (signal.aborted || tried.has(name)) return undefined;
        tried.add(name);
        candidates += 1;
        const accepted = await stillFails(candidate);
        smallest = accepted ?? smallest;
        tell();
        return accepted;
      });
    }
    if (signal.aborted || smallest === before)
      return {
        smallest,
        candidates,
        isSmaller: smallest !== start,
        isSmallest: !signal.aborted,
      };
  }
}

const key = (plan: ScheduledPlan): string => hash('sha1', JSON.stringify(plan));
