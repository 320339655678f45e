/** Many runs in one line: how many are made, how fast, how many were not valid, and how long it takes still. */
import type { Snapshot } from '../progress/view.ts';

export interface ManyRuns extends Snapshot {
  /** Those that were made before this process began are counted. */
  readonly made: number;
  /** By this process. */
  readonly madeNow: number;
  /** Undefined where nobody knows yet. */
  readonly planned: number | undefined;
  readonly failed: number;
}

/** The rate is that since the process began: runs are of very unlike length. */
export function manyRunsLine(_: ManyRuns | undefined, now: ManyRuns): string {
  const { made, madeNow, planned, failed, elapsedSeconds } = now;
  const perSecond = elapsedSeconds > 0 ? madeNow / elapsedSeconds : 0;
  const left = planned === undefined || madeNow === 0 ? undefined : (planned - made) / perSecond;
  return [
    planned === undefined ? `${made} runs` : `${made} of ${planned} runs`,
    `${Math.round(perSecond * 60)} a minute`,
    `${failed} not valid`,
    ...(left === undefined ? [] : [`${duration(left)} left`]),
  ].join(' · ');
}

/** `45 s`, `12 min`, `3 h 5 min`. */
function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
