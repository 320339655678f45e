/**
 * A worker: a process that makes runs and judges them, one after the other, for those who make thousands.
 *
 * It lives long, so that a task costs no start of a process; and it can be lost, so that a run that is out of memory, out of
 * its mind or out of time takes nobody with it: that run has an outcome that says so, and the next task a fresh process. The
 * process ends with the one that opened it.
 */
import { harnessError } from '../core/errors.ts';
import { startChild, timerMsMax } from '../judge/child.ts';
import type { Child } from '../judge/child.ts';
import type { FromWorker, Judged, Outcome, Task, ToWorker, Unjudged } from './task.ts';

export interface Worker extends AsyncDisposable {
  /**
   * One task at a time; never rejects for what becomes of it. When the signal aborts, a simulated run is given up at once; another heals, ends and is
   * judged, as far as it came.
   */
  run(task: Task, signal?: AbortSignal): Promise<Outcome>;
}

export interface WorkerOptions {
  /** Of its heap; a checker that needs more is lost with it. */
  readonly memoryMegabytes: number;
}

/** Starts no process before the first task. Its disposal ends a run that still goes, unjudged, and leaves nothing running. */
export function openWorker({ memoryMegabytes }: WorkerOptions): Worker {
  let started: WorkerProcess | undefined;
  let disposed = false;
  let busy: { readonly task: Task; readonly outcome: Promise<Outcome> } | undefined;
  const end = async () => {
    const ending = started;
    started = undefined;
    await ending?.end();
  };
  const work = async (task: Task, signal: AbortSignal | undefined): Promise<Outcome> => {
    const beganMs = performance.now();
    // One that ended between two tasks has taken nothing with it.
    if (started?.process.connected === false) await end();
    started ??= startProcess(memoryMegabytes);
    const answer = await converse(started, task, signal);
    if (answer.how !== 'judged' && answer.how !== 'failed') await end();
    return { ...answer, wallSeconds: (performance.now() - beganMs) / 1000 };
  };
  return {
    async run(task, signal) {
      if (busy !== undefined) throw harnessError('a worker has one task at a time');
      if (disposed || signal?.aborted === true) return { ...stopped, wallSeconds: 0 };
      try {
        busy = { task, outcome: work(task, signal) };
        return await busy.outcome;
      } finally {
        busy = undefined;
      }
    },
    async [Symbol.asyncDispose]() {
      disposed = true;
      if (busy?.task.mode === 'run') await started?.stopNow(busy.outcome);
      await end();
    },
  };
}

type Answer = Omit<Judged, 'wallSeconds'> | Omit<Unjudged, 'wallSeconds'>;

const stopped = { how: 'stopped', message: 'it was stopped before it was judged' } as const;

interface WorkerProcess extends Child {
  readonly tell: (message: ToWorker) => void;
  /** Lets a run take down its cluster, for a moment. */
  stopNow(busy: Promise<unknown>): Promise<void>;
}

const stopMsMax = 15_000;

function startProcess(memoryMegabytes: number): WorkerProcess {
  const child = startChild(import.meta.url, 'worker-main', [
    `--max-old-space-size=${memoryMegabytes}`,
  ]);
  const tell = (message: ToWorker): void => {
    // Where it cannot be told it has ended, and that is heard by itself.
    if (child.process.connected) child.process.send(message, () => undefined);
  };
  return {
    ...child,
    tell,
    async stopNow(busy) {
      tell({ kind: 'stop-now' });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, stopMsMax)));
      await Promise.race([busy, late]);
      clearTimeout(timer);
    },
  };
}

/** Sends the task and listens until it is answered, the process ends, or its time is over. */
function converse(
  { process: child, tell, lastLine }: WorkerProcess,
  task: Task,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => settle(answerOf(message as FromWorker));
    const onClose = (status: number | null, by: string | null) =>
      settle({
        how: 'crashed',
        message: `its process ended with ${by ?? `status ${status}`}: ${lastLine()}`,
      });
    const onError = (error: Error) => settle({ how: 'crashed', message: error.message });
    const onAbort = () => (task.mode === 'run' ? tell({ kind: 'stop' }) : settle(stopped));
    const timer = setTimeout(
      () => settle({ how: 'hung', message: `it took longer than ${task.secondsMax} s` }),
      Math.min(timerMsMax, task.secondsMax * 1000),
    );
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('close', onClose).off('error', onError);
      signal?.removeEventListener('abort', onAbort);
      resolve(answer);
    };
    child.on('message', onMessage).on('close', onClose).on('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    tell({ kind: 'task', task });
  });
}

function answerOf(said: FromWorker): Answer {
  if (said.kind === 'failed') return { how: 'failed', message: said.message };
  const { kind: _, ...judged } = said;
  return { how: 'judged', ...judged };
}
