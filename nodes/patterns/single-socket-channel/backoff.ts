/** How long to wait before dialling again: twice as long each time, up to a limit, with chance so that peers do not dial in step. */
import type { Random } from '../../../src/core/random.ts';

export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number;
  /** The last attempt succeeded. */
  reset(): void;
}

export interface BackoffLimits {
  readonly delayMsMin: number;
  readonly delayMsMax: number;
}

export function backoff(random: Random, { delayMsMin, delayMsMax }: BackoffLimits): Backoff {
  let delayMs = delayMsMin;
  return {
    next() {
      const drawn = random.integer(Math.ceil(delayMs / 2), delayMs);
      delayMs = Math.min(delayMs * 2, delayMsMax);
      return drawn;
    },
    reset: () => void (delayMs = delayMsMin),
  };
}
