/**
 * What is to be judged and by whom, as plain data: it crosses into a process of its own, where names become checkers and paths become
 * histories.
 */
import type { Budget, CheckerSpec } from '../core/seams/checker.ts';
import type { CheckResult } from '../core/verdict.ts';
import type { Problems } from '../formats/problems.ts';
import type { FormatChoice, ReadOptions } from '../formats/read-history.ts';

export interface JudgeRequest {
  readonly source: CheckSource;
  readonly checks: readonly CheckerSpec[];
  /** For each of the checks. */
  readonly budget: Budget;
}

/** A history file of any form, or the folder of a run with its traces. */
export type CheckSource = FileSource | { readonly kind: 'run'; readonly folder: string };

export interface FileSource extends ReadOptions {
  readonly kind: 'file';
  readonly path: string;
  readonly format: FormatChoice;
}

export interface Judgement {
  /** Operations of clients; 0 when the history did not fit into the memory. */
  readonly operations: number;
  /** The history's last line was cut off. */
  readonly torn: boolean;
  /** What was wrong with the file, and left out or taken for unknown. */
  readonly problems: Problems;
  /** One for each of the checks, in their order. */
  readonly checks: readonly TimedCheck[];
}

export interface TimedCheck {
  readonly result: CheckResult;
  /** Without the time to read the history. */
  readonly checkMs: number;
}
