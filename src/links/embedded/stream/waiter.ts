/** What a stage waits on: a time, or a call that wakes it. Only one waits at a time; a wake while none waits is lost. */
import { nowMs } from '../toxics/toxic.ts';

export interface Waiter {
  /** Resolves at the given time, or when woken; it may be early, so its caller looks again. */
  until(dueMs: number): Promise<void>;
  wake(): void;
}

/** The longest that a timer of Node can wait. */
const timerMsMax = 2 ** 31 - 1;

export function createWaiter(): Waiter {
  let wakeUp: (() => void) | undefined;
  return {
    until: (dueMs) =>
      new Promise((resolve) => {
        const cancel = alarm(dueMs, () => wakeUp?.());
        wakeUp = () => {
          wakeUp = undefined;
          cancel();
          resolve();
        };
      }),
    wake: () => wakeUp?.(),
  };
}

/** Timers count whole milliseconds; a shorter wait, as a slicer's, goes round the event loop until it is over. */
function alarm(dueMs: number, ring: () => void): () => void {
  const waitMs = dueMs - nowMs();
  if (waitMs === Infinity) return () => {};
  if (waitMs < 1) {
    const immediate = setImmediate(ring);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(ring, Math.min(timerMsMax, Math.ceil(waitMs)));
  return () => clearTimeout(timer);
}
