/** A run in one line: its step, operations a second, how they ended, the fault in force, the leader if known. */
import type { RunSnapshot } from '../../run/watch.ts';

/** The rate is that between the two snapshots. */
export function statusLine(earlier: RunSnapshot | undefined, now: RunSnapshot): string {
  const { step, progress, leader, elapsedSeconds } = now;
  if (progress === undefined) return step;
  const { ok, fail, info, faults } = progress;
  return [
    `${Math.round(elapsedSeconds)} s`,
    step,
    `${opsPerSec(earlier, now)} ops/s`,
    `${ok} ok ${fail} fail ${info} info`,
    faultsInForce(faults),
    ...(leader === undefined ? [] : [`leader ${leader}`]),
  ].join(' · ');
}

function opsPerSec(earlier: RunSnapshot | undefined, now: RunSnapshot): number {
  const seconds = now.elapsedSeconds - (earlier?.elapsedSeconds ?? 0);
  const operations = (now.progress?.operations ?? 0) - (earlier?.progress?.operations ?? 0);
  return seconds > 0 ? Math.round(operations / seconds) : 0;
}

type Faults = NonNullable<RunSnapshot['progress']>['faults'];

/** A fault that may or may not be in force carries a question mark. */
function faultsInForce(faults: Faults): string {
  const families = Object.entries(faults).map(
    ([family, { certain }]) => `${family}${certain ? '' : '?'}`,
  );
  return families.length === 0 ? 'no fault' : `fault: ${families.join(', ')}`;
}
