/** The controller's clock under the simulator: its timeline's, in nanoseconds. */
import { nsPerMs } from '../../core/time.ts';
import type { Clock, TrueTimeNs } from '../../core/time.ts';
import type { Timeline } from '../../../nodes/sdk/memory/timeline.ts';

/** Whole nanoseconds, like the host's. */
export const timelineClock = (timeline: Timeline): Clock => ({
  now: () => Math.round(timeline.nowMs * nsPerMs) as TrueTimeNs,
  after: (delayNs, callback) => timeline.after(delayNs / nsPerMs, callback),
});
