/**
 * Time, in two kinds that must never be mixed.
 *
 * True time is the host's monotonic clock: the same for every process and container of one host, never set back, and
 * never touched by a nemesis. Histories and traces are stamped with it. Wall time is what a node believes the date to
 * be; a nemesis may skew it, so no verdict may rest on it.
 */

/** True time: nanoseconds of the host's monotonic clock (exact up to 104 days of uptime). */
export type TrueTimeNs = number & { readonly __unit: 'true-time-ns' };

/** Wall time: milliseconds since the Unix epoch, as one node sees it. */
export type WallTimeMs = number & { readonly __unit: 'wall-time-ms' };

/**
 * What a node's monotonic clock reads, in milliseconds since some moment of its own: it never goes back, and tells
 * durations only. It is no true time, for a nemesis may let it drift.
 */
export type MonotonicTimeMs = number & { readonly __unit: 'monotonic-time-ms' };

export const nsPerMs = 1_000_000;
export const nsPerSecond = 1_000_000_000;

/** Cancels what it was returned for; harmless when called late or twice. */
export type Cancel = () => void;

/** The controller's clock. A runtime with virtual time brings its own; the others use `hostClock`. */
export interface Clock {
  now(): TrueTimeNs;
  /** Calls back once, `delayNs` from now or as soon after as possible; never before `after` returns, not even for 0. */
  after(delayNs: number, callback: () => void): Cancel;
}

export const trueTimeNow = (): TrueTimeNs => Number(process.hrtime.bigint()) as TrueTimeNs;

/** The host's monotonic clock and timers. */
export const hostClock: Clock = {
  now: trueTimeNow,
  after(delayNs, callback) {
    // A timer of Node's lasts a millisecond at least.
    if (delayNs <= 0) {
      const turn = setImmediate(callback);
      return () => clearImmediate(turn);
    }
    const timer = setTimeout(callback, delayNs / nsPerMs);
    return () => clearTimeout(timer);
  },
};

/** The date as the host has it, for people only. */
export const hostDate = (): Date => new Date();

/** Resolves after `delayNs` of the given clock, or rejects with the signal's reason. */
export function sleep(clock: Clock, delayNs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const cancel = clock.after(delayNs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
