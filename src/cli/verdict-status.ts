/** Verdicts as exit statuses, and the worst of several: an invalid run is hidden by nothing. */
import { exitStatus } from '../core/errors.ts';
import type { VerdictFile } from '../store/verdict-file.ts';

/** The exit status of a run, or of many, with this verdict. */
export function statusOf({
  verdict,
  errorCode,
}: Pick<VerdictFile, 'verdict' | 'errorCode'>): number {
  if (verdict !== 'error') return exitStatus[verdict];
  return exitStatus[errorCode ?? 'harness'];
}

/** From the best to the worst. */
const order: readonly number[] = [
  exitStatus.valid,
  exitStatus.unknown,
  exitStatus.data,
  exitStatus.environment,
  exitStatus.harness,
  exitStatus.invalid,
];

/** Of none at all: valid. */
export const worstStatus = (statuses: readonly number[]): number =>
  statuses.reduce(
    (worst, each) => (order.indexOf(each) > order.indexOf(worst) ? each : worst),
    exitStatus.valid as number,
  );
