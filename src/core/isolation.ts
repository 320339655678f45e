/**
 * Why a history of transactions does not keep an isolation level, as data that a report can draw: the details of the
 * findings of the isolation checkers, and what all findings together exclude.
 */
import type { ProcessId } from './history/entry.ts';

/** What the anomalies that were found say about isolation levels. */
export interface IsolationSummary {
  /** Names of Adya and Elle, in the order of severity: `G1a`, `G-single-item`. */
  readonly anomalyTypes: readonly string[];
  /** The weakest levels that the history does not keep. */
  readonly not: readonly string[];
  /** The stronger ones, which it therefore does not keep either. */
  readonly alsoNot: readonly string[];
}

/** The details of a finding that is a cycle: transactions that each must come before the next, and the last before the first. */
export interface IsolationCycle {
  readonly steps: readonly IsolationStep[];
}

/** One arrow of the cycle: the transaction `from` comes before `to`, which is `from` of the next step. */
export interface IsolationStep {
  readonly from: IsolationTransaction;
  readonly to: IsolationTransaction;
  /** Why it comes before the next. */
  readonly because: DependencyName;
  /** The object over which it does, where it is one. */
  readonly key?: string;
  /**
   * The values of that object, as a person reads them. `ww`: what `from` wrote, and what `to` wrote over it; `wr`: what `to` read;
   * `rw`: what `from` read, and what `to` wrote over that; `commit`: what the third one read.
   */
  readonly values?: readonly string[];
  /** One sentence: `T1 appended 3 to key 5 after T2 had appended 2`. */
  readonly says: string;
}

/**
 * `ww`: its write was overwritten; `wr`: its write was read; `rw`: what it read was overwritten; `process`: one client did
 * one after the other; `realtime`: it had completed before the other began; `commit`: what a third read shows that it was committed
 * before.
 */
export type DependencyName = 'ww' | 'wr' | 'rw' | 'process' | 'realtime' | 'commit';

export interface IsolationTransaction {
  /** The index of its invocation in the history. */
  readonly invokeIndex: number;
  readonly completeIndex: number | undefined;
  readonly process: ProcessId;
  readonly outcome: 'ok' | 'fail' | 'info';
  /** As a person reads it: `append 5 3 · read 6 → [1, 2]`. */
  readonly says: string;
}
