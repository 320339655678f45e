/** What can be wrong with a clock: how wrong, drawn from the seed; how it is made so; and whether what was seen of it is that. */
import type { NodeId } from '../src/core/ids.ts';
import { logUniform } from '../src/core/random.ts';
import type { Random } from '../src/core/random.ts';
import type { Clocks } from '../src/core/seams/runtime.ts';
import type { ClockSeen } from './clock-seen.ts';

/** What a `start` of the clock's nemesis carries, beside whom it is meant for. */
export type ClockFault =
  /** The wall clock is ahead, or behind. */
  | { readonly mode: 'offset'; readonly offsetMs: number }
  /** Both clocks go too fast, or too slow. */
  | { readonly mode: 'drift'; readonly rate: number }
  /** The wall clock jumps ahead, or back, and returns, again and again. */
  | { readonly mode: 'strobe'; readonly offsetMs: number; readonly periodMs: number };

export const clockModes = ['offset', 'drift', 'strobe'] as const satisfies ClockFault['mode'][];

/** From what a badly kept clock may lose to what only a wrong setting explains. */
const offsetMsMin = 20;
const offsetMsMax = 5 * 60_000;
/** By far worse than any quartz, and little enough that a timeout outlasts several heartbeats by anybody's clock. */
const driftMin = 1.02;
const driftMax = 1.25;
const periodMsMin = 20;
const periodMsMax = 500;

export const clockBounds = `offset and strobe by ${offsetMsMin} ms to ${offsetMsMax / 60_000} minutes, drift up to ${driftMax}-fold`;

/** How wrong it is to be. */
export function drawClockFault(mode: ClockFault['mode'], random: Random): ClockFault {
  switch (mode) {
    case 'offset':
      return { mode, offsetMs: drawOffsetMs(random) };
    case 'drift': {
      const factor = logUniform(random.fork('rate'), driftMin, driftMax);
      return { mode, rate: random.fork('slow').chance(0.5) ? 1 / factor : factor };
    }
    case 'strobe': {
      const periodMs = Math.round(logUniform(random.fork('period'), periodMsMin, periodMsMax));
      return { mode, offsetMs: drawOffsetMs(random), periodMs };
    }
  }
}

function drawOffsetMs(random: Random): number {
  const size = Math.round(logUniform(random.fork('offset'), offsetMsMin, offsetMsMax));
  return random.fork('behind').chance(0.5) ? -size : size;
}

/** Makes a node's clocks wrong. */
export function installClockFault(clocks: Clocks, node: NodeId, fault: ClockFault): Promise<void> {
  switch (fault.mode) {
    case 'offset':
      return clocks.offset(node, fault.offsetMs);
    case 'drift':
      return clocks.drift(node, fault.rate);
    case 'strobe':
      return clocks.strobe(node, fault.offsetMs, fault.periodMs);
  }
}

/** Less than half of the smallest fault that is drawn, so that nothing is seen both as it and as right. */
const errorMsMax = offsetMsMin / 4;
const rateErrorMax = (driftMin - 1) / 4;

/** Whether the clocks are seen to be wrong in this way and in no other. */
export function isSeen(fault: ClockFault, { aheadMsMin, aheadMsMax, rate }: ClockSeen): boolean {
  switch (fault.mode) {
    case 'offset':
      return isAhead(aheadMsMin, fault.offsetMs) && isAhead(aheadMsMax, fault.offsetMs);
    case 'drift':
      return Math.abs(rate - fault.rate) <= rateErrorMax;
    case 'strobe': {
      const [min, max] = [Math.min(0, fault.offsetMs), Math.max(0, fault.offsetMs)];
      return isAhead(aheadMsMin, min) && isAhead(aheadMsMax, max);
    }
  }
}

/** Whether the clocks are seen to be right. */
export const isSeenRight = ({ aheadMsMin, aheadMsMax, rate }: ClockSeen): boolean =>
  isAhead(aheadMsMin, 0) && isAhead(aheadMsMax, 0) && Math.abs(rate - 1) <= rateErrorMax;

const isAhead = (seenMs: number, plannedMs: number): boolean =>
  Math.abs(seenMs - plannedMs) <= errorMsMax;
