/**
 * The judge: runs checks in a worker thread with a memory limit, so that no history, however adverse, takes the process
 * down or hangs it.
 *
 * Checkers keep their budgets themselves. The thread is the backstop: when it runs out of memory, or a check runs on past
 * its time, the thread is ended, that check is `unknown (budget)`, and the checks after it are made in a fresh thread.
 */
import { Worker } from 'node:worker_threads';
import type { FromWorker } from './messages.ts';
import { toError } from './messages.ts';
import type { Judgement, JudgeRequest, TimedCheck } from './request.ts';
import { outOfBudget } from './run-checks.ts';

export interface Judge extends AsyncDisposable {
  /** One request at a time. Rejects with a `DspError` for what cannot be read or is not known. */
  judge(request: JudgeRequest): Promise<Judgement>;
}

export interface JudgeLimits {
  /** Of the thread's heap. */
  readonly memoryBytesMax: number;
  /** To read the history, and for a checker to notice that its time is over, beyond the time of a check. */
  readonly graceMs: number;
}

/** Keeps one thread for all requests. */
export function openJudge({
  memoryBytesMax,
  graceMs = graceMsDefault,
}: Pick<JudgeLimits, 'memoryBytesMax'> & Partial<JudgeLimits>): Judge {
  let worker: Worker | undefined;
  const end = async () => {
    await worker?.terminate();
    worker = undefined;
  };
  return {
    async judge(request) {
      const kept: TimedCheck[] = [];
      let seen = { operations: 0, torn: false };
      while (kept.length < request.checks.length) {
        worker ??= startWorker(memoryBytesMax);
        const remaining = { ...request, checks: request.checks.slice(kept.length) };
        const silenceMs = Math.min(timerMsMax, request.budget.timeMsMax + graceMs);
        const ended = await converse(worker, remaining, silenceMs, {
          onLoaded: ({ operations, torn }) => void (seen = { operations, torn }),
          onChecked: (check) => void kept.push(check),
        });
        if (ended.how === 'done') break;
        await end();
        if (ended.how === 'failed') throw ended.error;
        kept.push(unfinished(request, kept.length, ended.why));
      }
      return { ...seen, checks: kept };
    },
    [Symbol.asyncDispose]: end,
  };
}

/** The thread's own file has the ending of this one: `.ts` from the sources, `.js` when built. */
const workerFile = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);

const startWorker = (memoryBytesMax: number): Worker =>
  new Worker(workerFile, {
    resourceLimits: {
      maxOldGenerationSizeMb: Math.max(heapMegabytesMin, Math.ceil(memoryBytesMax / 2 ** 20)),
    },
  });

/** Less than this and a thread may not even start. */
const heapMegabytesMin = 64;

const unfinished = (request: JudgeRequest, place: number, why: string): TimedCheck => ({
  result: outOfBudget(request.checks[place]!.checker, why),
  checkMs: request.budget.timeMsMax,
});

interface Listener {
  onLoaded(loaded: { readonly operations: number; readonly torn: boolean }): void;
  onChecked(check: TimedCheck): void;
}

type Ended =
  | { readonly how: 'done' }
  | { readonly how: 'failed'; readonly error: Error }
  | { readonly how: 'cut-off'; readonly why: string };

/** Sends the request and listens until it is done, or the thread is, or nothing was heard of it for too long. */
function converse(
  worker: Worker,
  request: JudgeRequest,
  silenceMs: number,
  listener: Listener,
): Promise<Ended> {
  return new Promise((resolve) => {
    const onMessage = (message: FromWorker) => {
      timer.refresh();
      if (message.kind === 'loaded') listener.onLoaded(message);
      else if (message.kind === 'checked') listener.onChecked(message.check);
      else if (message.kind === 'done') settle({ how: 'done' });
      else settle({ how: 'failed', error: toError(message.failure) });
    };
    const onError = (error: Error & { code?: string }) =>
      settle(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { how: 'cut-off', why: 'the memory of its thread was full' }
          : { how: 'failed', error },
      );
    const onExit = (status: number) =>
      settle({ how: 'failed', error: new Error(`the checking thread ended with ${status}`) });
    const timer = setTimeout(() => settle({ how: 'cut-off', why: 'its time was over' }), silenceMs);
    const settle = (ended: Ended) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(ended);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request, []);
  });
}

const graceMsDefault = 60_000;

/** A longer one would fire at once. */
const timerMsMax = 2 ** 31 - 1;
