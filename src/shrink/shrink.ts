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
  /** Runs a candidate, as often as it takes to know, and as its saving over the smallest so far is worth. */
  readonly stillFails: (candidate: ScheduledPlan, smallest: ScheduledPlan) => ReturnType<Attempt>;
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
  const { signal } = options;
  const search = new Search(start, options);
  try {
    await search.toTheEnd();
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  const { smallest, candidates } = search;
  return { smallest, candidates, isSmaller: smallest !== start, isSmallest: !signal.aborted };
}

class Search {
  readonly #options: ShrinkOptions;
  readonly #tried = new Set<string>();
  smallest: ScheduledPlan;
  candidates = 0;

  constructor(start: ScheduledPlan, options: ShrinkOptions) {
    this.#options = options;
    this.#tried.add(key(start));
    this.smallest = start;
  }

  /** Throws the signal's reason when it is over before. */
  async toTheEnd(): Promise<void> {
    let before: ScheduledPlan;
    do {
      before = this.smallest;
      for (const pass of passes(this.#options.nodesMin)) {
        this.#tell(pass);
        await pass.run(this.smallest, (candidate) => this.#attempt(pass, candidate));
      }
    } while (this.smallest !== before);
  }

  async #attempt(pass: Pass, candidate: ScheduledPlan): Promise<ScheduledPlan | undefined> {
    const { signal, stillFails } = this.#options;
    signal.throwIfAborted();
    const name = key(candidate);
    if (this.#tried.has(name)) return undefined;
    this.#tried.add(name);
    this.candidates += 1;
    const accepted = await stillFails(candidate, this.smallest);
    this.smallest = accepted ?? this.smallest;
    this.#tell(pass);
    return accepted;
  }

  #tell({ name }: Pass): void {
    const { smallest, candidates } = this;
    this.#options.onProgress({ smallest, pass: name, candidates });
  }
}

const key = (plan: ScheduledPlan): string => hash('sha1', JSON.stringify(plan));
