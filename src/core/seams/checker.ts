/** The checker seam: a pure function of what is on disk. */
import type { History } from '../history/entry.ts';
import type { NodeId } from '../ids.ts';
import type { Trace } from '../trace.ts';
import type { CheckResult } from '../verdict.ts';

/** Reaching either limit gives `unknown`, with how far it got; never a guess, never a hang. */
export interface Budget {
  readonly timeMsMax: number;
  readonly memoryBytesMax: number;
}

export const defaultBudget: Budget = { timeMsMax: 60_000, memoryBytesMax: 2 ** 31 };

export interface CheckInput {
  readonly history: History;
  /** Empty for a foreign history. */
  readonly trace: Trace;
  readonly nodes: readonly NodeId[];
  /** What nodes wrote to their outputs, read when asked for; absent where no run's folder is. */
  readonly logs?: () => readonly NodeLog[];
}

/** One output of one node. */
export interface NodeLog {
  readonly node: string;
  /** `stdout.log` or `stderr.log`. */
  readonly file: string;
  readonly lines: readonly string[];
}

export interface Checker {
  readonly name: string;
  /** One sentence: what it claims. */
  readonly says: string;
  check(input: CheckInput, budget: Budget): CheckResult | Promise<CheckResult>;
}

/**
 * A checker written down: its name in the registry and options that are plain data, so that a worker, or a later
 * `dsp check`, can make the same one.
 */
export interface CheckerSpec {
  readonly checker: string;
  readonly options?: Readonly<Record<string, unknown>>;
}
