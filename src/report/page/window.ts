/** Arithmetic of the timeline's window: zooming and panning that never leave the run. */
import type { TimeRange } from '../model.ts';

/** Nothing of interest is narrower: operations are stamped in microseconds. */
const lengthUsMin = 50;

/** The window moved and shortened so that it lies within `range`. */
export function within(window: TimeRange, range: TimeRange): TimeRange {
  const whole = range.endUs - range.startUs;
  const length = Math.min(whole, Math.max(lengthUsMin, window.endUs - window.startUs));
  const startUs = Math.min(range.endUs - length, Math.max(range.startUs, window.startUs));
  return { startUs, endUs: startUs + length };
}

/** `factor` below 1 shows less time; the moment at `anchorUs` stays where it is. */
export function zoomed(window: TimeRange, factor: number, anchorUs: number): TimeRange {
  return {
    startUs: anchorUs - (anchorUs - window.startUs) * factor,
    endUs: anchorUs + (window.endUs - anchorUs) * factor,
  };
}

/** Moved in time; a positive number shows what is later. */
export const panned = (window: TimeRange, byUs: number): TimeRange => ({
  startUs: window.startUs + byUs,
  endUs: window.endUs + byUs,
});

/** A window that shows all of `spans` with air around them. */
export function around(spans: readonly TimeRange[]): TimeRange | undefined {
  if (spans.length === 0) return undefined;
  const startUs = Math.min(...spans.map((span) => span.startUs));
  const endUs = Math.max(...spans.map((span) => span.endUs));
  const air = Math.max(1000, (endUs - startUs) * 0.15);
  return { startUs: startUs - air, endUs: endUs + air };
}
