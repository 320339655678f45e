/**
 * The judge: runs checks in a process of its own with a memory limit, so that no history, however adverse, takes this one
 * down or hangs it.
 *
 * Checkers keep their budgets themselves. The process is the backstop: when it runs out of memory, or says nothing for too
 * long, it is ended, the check that it was at is `unknown (budget)`, and the checks after that are made in a fresh one.
 */
import { harnessError } from '../core/errors.ts';
import { noProblems } from '../formats/problems.ts';
import { startChild, timerMsMax } from './child.ts';
import type { Child, Stdin } from './child.ts';
import type { FromJudge, Loaded } from './messages.ts';
import { toError } from './messages.ts';
import type { Judgement, JudgeRequest, TimedCheck } from './request.ts';
import { outOfBudget } from './run-checks.ts';

export interface Judge extends AsyncDisposable {
  /** One request at a time. Rejects with a `DspError` for what cannot be read or is not known. */
  judge(request: JudgeRequest): Promise<Judgement>;
}

export interface JudgeLimits {
  /** Of the process's heap. */
  readonly memoryBytesMax: number;
  /** To start, to read the history, and for a checker to notice that its time is over, beyond the time of a check. */
  readonly graceMs: number;
  /** `inherit` where a history comes that way. */
  readonly stdin: Stdin;
}

/** Keeps one process for all requests; many files are judged faster by one judge. */
export function openJudge({
  memoryBytesMax,
  graceMs = graceMsDefault,
  stdin = 'ignore',
}: Pick<JudgeLimits, 'memoryBytesMax'> & Partial<JudgeLimits>): Judge {
  let child: Child | undefined;
  const end = async () => {
    await child?.end();
    child = undefined;
  };
  return {
    async judge(request) {
      const kept: TimedCheck[] = [];
      let seen: Loaded = { operations: 0, torn: false, problems: noProblems };
      while (kept.length < request.checks.length) {
        child ??= startProcess(memoryBytesMax, stdin);
        const remaining = { ...request, checks: request.checks.slice(kept.length) };
        const silenceMs = Math.min(timerMsMax, request.budget.timeMsMax + graceMs);
        const ended = await converse(child, remaining, silenceMs, {
          onLoaded: ({ operations, torn, problems }) =>
            void (seen = { operations, torn, problems }),
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

const graceMsDefault = 60_000;

const unfinished = (request: JudgeRequest, place: number, why: string): TimedCheck => ({
  result: outOfBudget(request.checks[place]!.checker, why),
  checkMs: request.budget.timeMsMax,
});

function startProcess(memoryBytesMax: number, stdin: Stdin): Child {
  const megabytes = Math.max(heapMegabytesMin, Math.ceil(memoryBytesMax / 2 ** 20));
  const flags = [`--max-old-space-size=${megabytes}`, `--max-semi-space-size=${youngMegabytesMax}`];
  return startChild(import.meta.url, 'judge-main', flags, stdin);
}

/** A history is made of what stays: room for what does not is room that a large one lacks. */
const youngMegabytesMax = 16;

/** Less than this and Node may not even start. */
const heapMegabytesMin = 64;

interface Listener {
  onLoaded(loaded: Loaded): void;
  onChecked(check: TimedCheck): void;
}

type Ended =
  | { readonly how: 'done' }
  | { readonly how: 'failed'; readonly error: Error }
  | { readonly how: 'cut-off'; readonly why: string };

/** Sends the request and listens until it is done, or the process is, or nothing was heard of it for too long. */
function converse(
  { process: child, lastWords, lastLine }: Child,
  request: JudgeRequest,
  silenceMs: number,
  listener: Listener,
): Promise<Ended> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => {
      const said = message as FromJudge;
      timer.refresh();
      if (said.kind === 'loaded') listener.onLoaded(said);
      else if (said.kind === 'checked') listener.onChecked(said.check);
      else if (said.kind === 'done') settle({ how: 'done' });
      else settle({ how: 'failed', error: toError(said.failure) });
    };
    const onError = (error: Error) => settle({ how: 'failed', error });
    const onClose = (status: number | null, signal: string | null) =>
      settle(endOf(lastWords(), lastLine(), signal ?? `status ${status}`));
    const timer = setTimeout(() => settle({ how: 'cut-off', why: 'its time was over' }), silenceMs);
    const settle = (ended: Ended) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('error', onError).off('close', onClose);
      resolve(ended);
    };
    child.on('message', onMessage).on('error', onError).on('close', onClose);
    child.send(request, (error) => {
      if (error !== null) onError(error);
    });
  });
}

/** What it means that the process ended by itself: V8 says when it was memory, the kernel kills without a word. */
function endOf(lastWords: string, lastLine: string, how: string): Ended {
  if (how === 'SIGKILL' || /out of memory|allocation failed/i.test(lastWords))
    return { how: 'cut-off', why: 'the memory of its process was full' };
  return {
    how: 'failed',
    error: harnessError(`the judging process ended with ${how}: ${lastLine}`),
  };
}
