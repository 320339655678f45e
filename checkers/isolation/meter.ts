/**
 * Keeps the budget from inside the loops: every loop over something that grows with the history tells the meter how far it
 * went, and every large array what it takes. Whoever goes beyond is stopped by a throw that the checker turns into
 * `unknown (budget)`.
 */
import type { Budget } from '../../src/core/seams/checker.ts';

export interface Meter {
  /** Counts work; every so often looks at the clock. */
  step(count?: number): void;
  /** Before an array of that size is made that stays. */
  take(bytes: number): void;
  /** Before one is made that is soon dropped. */
  room(bytes: number): void;
  /** What is done from here on, in words for the one who reads where it ended. */
  stage(doing: string): void;
}

/** The budget is spent; `by` says which part of it, `doing` what was done when it ended. */
export class BudgetSpent extends Error {
  readonly by: 'time' | 'memory';
  readonly doing: string;

  constructor(by: 'time' | 'memory', doing: string) {
    super(`the ${by} budget ended while ${doing}`);
    this.name = 'BudgetSpent';
    this.by = by;
    this.doing = doing;
  }
}

/** Begins to count now. */
export function meterOf({ timeMsMax, memoryBytesMax }: Budget): Meter {
  const deadlineMs = performance.now() + timeMsMax;
  let doing = 'reading transactions';
  let steps = 0;
  let held = 0;
  return {
    step(count = 1) {
      steps += count;
      if (steps < stepsPerLook) return;
      steps = 0;
      if (performance.now() > deadlineMs) throw new BudgetSpent('time', doing);
    },
    take(more) {
      held += more;
      this.room(0);
    },
    room(bytes) {
      if (held + bytes > memoryBytesMax) throw new BudgetSpent('memory', doing);
    },
    stage(next) {
      doing = next;
      steps = stepsPerLook;
      this.step(0);
    },
  };
}

/** A step is some ten nanoseconds, so the clock is looked at every millisecond or so. */
const stepsPerLook = 1 << 16;
