/**
 * A checker written down: its name in the registry and options that are plain data, so that a worker, or a later
 * `dsp check`, can make the same one.
 */
import type { Checker } from '../src/core/seams/checker.ts';

export interface CheckerSpec {
  readonly checker: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A checker that knows how it is written down; one that holds functions of a user's own cannot be. */
export interface NamedChecker extends Checker {
  readonly spec?: CheckerSpec;
}
