/**
 * Reading a node's clocks for a while: one reading shows an offset, two a rate, and several a strobe.
 *
 * The moments lie unevenly, or a strobe of just their distance would show its one face alone. Moments at 0, 10, 30, 60,
 * 100 … ms look uneven enough, but of a period of 15 ms they meet the first half only.
 */
import type { NodeId } from '../src/core/ids.ts';
import type { Clock } from '../src/core/time.ts';
import { nsPerMs, sleep } from '../src/core/time.ts';
import type { ClockReading, Clocks } from '../src/core/seams/runtime.ts';

/** What was seen of a node's clocks. */
export interface ClockSeen {
  /** How far the wall clock was ahead of the right time, least and most; behind, where it is negative. */
  readonly aheadMsMin: number;
  readonly aheadMsMax: number;
  /** Of the monotonic clock. */
  readonly rate: number;
}

/** From one reading to the next: a second in all, twice the longest strobe. */
const gapsMs = [11, 17, 29, 47, 71, 109, 163, 239, 314];

/** Reads the clocks ten times within a second of the controller's time. */
export async function watchClocks(clocks: Clocks, clock: Clock, node: NodeId): Promise<ClockSeen> {
  const readings: ClockReading[] = [await clocks.read(node)];
  for (const gapMs of gapsMs) {
    await sleep(clock, gapMs * nsPerMs);
    readings.push(await clocks.read(node));
  }
  const ahead = readings.map(({ wallMs, trueMs }) => wallMs - trueMs);
  const [first, last] = [readings[0]!, readings.at(-1)!];
  return {
    aheadMsMin: rounded(Math.min(...ahead)),
    aheadMsMax: rounded(Math.max(...ahead)),
    rate: rounded((last.monotonicMs - first.monotonicMs) / (last.trueMs - first.trueMs)),
  };
}

/** To what can be read: a date in milliseconds has no more than three digits behind its point. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
