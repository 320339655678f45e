/**
 * Ctrl-C and SIGTERM as two abort signals: the first time a run ends in good order, the second time at once.
 *
 * While nobody listens here, a signal ends the process as usual.
 */
import { exitStatus } from '../core/errors.ts';

export interface Interruption extends Disposable {
  /** Heal, judge what there is, and end. */
  readonly graceful: AbortSignal;
  /** Stop everything now. */
  readonly now: AbortSignal;
  /** 130 or 143 after a signal. */
  readonly status: number | undefined;
}

const statuses = {
  SIGINT: exitStatus.interrupted,
  SIGTERM: exitStatus.terminated,
  SIGHUP: exitStatus.terminated,
} as const;

/** Listens until it is disposed of. `onSignal` is told whether it was the first. */
export function listenForInterruption(onSignal: (first: boolean) => void): Interruption {
  const graceful = new AbortController();
  const now = new AbortController();
  let status: number | undefined;
  const listen = (signal: keyof typeof statuses): void => {
    const first = !graceful.signal.aborted;
    status ??= statuses[signal];
    onSignal(first);
    (first ? graceful : now).abort(new Error(`stopped by ${signal}`));
  };
  const names = Object.keys(statuses) as (keyof typeof statuses)[];
  for (const name of names) process.on(name, listen);
  return {
    graceful: graceful.signal,
    now: now.signal,
    get status() {
      return status;
    },
    [Symbol.dispose]() {
      for (const name of names) process.off(name, listen);
    },
  };
}
