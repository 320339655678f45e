/** The budget of a check, minded inside its loops. */
import type { Budget } from '../../src/core/seams/checker.ts';

export interface Patience {
  /** Called once for each bit of work; throws `BudgetEnded` when the time is over. */
  tick(): void;
  /** Asked before so much is allocated at once; throws when it is more than the budget has. */
  takeMemory(bytes: number): void;
}

/** Thrown from within a check whose budget is spent; what was found until then still counts. */
export class BudgetEnded extends Error {
  override readonly name = 'BudgetEnded';
}

/** What was found already, and what more there is as far as the patience lasts. Without any of the first its end is thrown on. */
export function asFarAsPatience<Found>(
  found: readonly Found[],
  more: () => readonly Found[],
): Found[] {
  try {
    return [...found, ...more()];
  } catch (thrown) {
    if (!(thrown instanceof BudgetEnded) || found.length === 0) throw thrown;
    return [...found];
  }
}

/** Looks at the clock every so many bits of work only, for looking costs more than most of them. */
export function patienceWithin({ timeMsMax, memoryBytesMax }: Budget): Patience {
  const deadlineMs = performance.now() + timeMsMax;
  let ticks = 0;
  return {
    tick() {
      if (++ticks % ticksPerLook === 0 && performance.now() > deadlineMs) throw new BudgetEnded();
    },
    takeMemory(bytes) {
      if (bytes > memoryBytesMax) throw new BudgetEnded();
    },
  };
}

const ticksPerLook = 4096;
