/** A checker that knows how it is written down; one that holds functions of a user's own cannot be. */
import type { Checker, CheckerSpec } from '../src/core/seams/checker.ts';

export interface NamedChecker extends Checker {
  readonly spec?: CheckerSpec;
}
