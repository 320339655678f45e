/**
 * clock: makes nodes' clocks wrong, in a mode drawn for each fault; the host's own is never touched.
 *
 * What rests on wall clocks breaks under `offset` and `strobe`; what takes a duration of one node for that of another
 * breaks under `drift`. A fault is proved by reading the clocks for a second, beside the true time.
 */
import { alteringNemesis } from './alter.ts';
import {
  clockBounds,
  clockModes,
  drawClockFault,
  installClockFault,
  isSeen,
  isSeenRight,
} from './clock-modes.ts';
import type { ClockFault } from './clock-modes.ts';
import { watchClocks } from './clock-seen.ts';
import type { ClockSeen } from './clock-seen.ts';
import { clocksOf } from './faculties.ts';
import { choice } from './options.ts';

export const clock = alteringNemesis<ClockFault, ClockSeen>({
  family: 'clock',
  says: `makes nodes' clocks wrong (modes: ${clockModes.join(', ')}; ${clockBounds})`,
  needs: ['clocks.offset', 'clocks.drift', 'clocks.strobe'],
  options: { 'clock.mode': `the modes to draw from: ${clockModes.join(', ')}` },
  drawing(options) {
    const modes = choice(options, 'clock.mode', clockModes);
    return (random) => drawClockFault(random.fork('mode').pick(modes), random);
  },
  alter: (cluster, node, fault) => installClockFault(clocksOf(cluster), node, fault),
  restore: (cluster, node) => clocksOf(cluster).heal(node),
  read: (cluster, node) => watchClocks(clocksOf(cluster), cluster.clock, node),
  isAltered: (seen, fault) => isSeen(fault, seen),
  isRight: isSeenRight,
});
