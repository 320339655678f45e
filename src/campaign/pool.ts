/** A pool of workers: as many at a time as there are hands, each taking the next piece of work as soon as it is free. */
import type { Worker } from '../workers/worker.ts';

export interface PoolOptions {
  readonly workers: number;
  /** Opens one worker; see `openWorker`. */
  readonly open: () => Worker;
  /** Give no more out; what is being done is up to `perform`. */
  readonly signal: AbortSignal;
  /** End every worker with what it does. */
  readonly stopNow: AbortSignal;
}

/**
 * Resolves when all work is done, or when what was begun is and the signal came. Rejects when `perform` does, after the others
 * have ended; no worker is left in any case.
 */
export async function workThrough<Work>(
  work: Iterable<Work>,
  perform: (work: Work, worker: Worker) => Promise<void>,
  options: PoolOptions,
): Promise<void> {
  // One iterator for all, so that nothing is given out twice.
  const rest = work[Symbol.iterator]();
  const failed = new AbortController();
  const ended = AbortSignal.any([options.signal, options.stopNow, failed.signal]);
  const hand = async (): Promise<void> => {
    await using worker = options.open();
    const stop = (): void => void worker[Symbol.asyncDispose]();
    options.stopNow.addEventListener('abort', stop);
    try {
      while (!ended.aborted) {
        const next = rest.next();
        if (next.done === true) break;
        await perform(next.value, worker);
      }
    } catch (thrown) {
      failed.abort(thrown);
      throw thrown;
    } finally {
      options.stopNow.removeEventListener('abort', stop);
    }
  };
  const hands = await Promise.allSettled(Array.from({ length: options.workers }, hand));
  for (const each of hands) if (each.status === 'rejected') throw each.reason;
}
