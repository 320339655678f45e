/**
 * Which stretches of time a diagram shows: the evidence with a little air, as far as messages are known. Where more of
 * them were under way than can be followed, there is a stretch around each piece of the evidence and a break between.
 *
 * A write was acknowledged, two seconds and a thousand messages later a read missed it: what one wants to see is both
 * moments, not the thousand.
 */
import type { TimeRange } from '../model.ts';

const airUsMin = 3000;
const airUsLeast = 400;

/** The evidence with air; undefined where there is none, or no message is anywhere near. */
export function evidenceWindow(
  momentsUs: readonly number[],
  flights: readonly TimeRange[],
): TimeRange | undefined {
  if (momentsUs.length === 0 || flights.length === 0) return undefined;
  const evidence = hull(momentsUs.map((us) => ({ startUs: us, endUs: us })));
  const known = hull(flights);
  const airUs = Math.max(airUsMin, Math.round((evidence.endUs - evidence.startUs) * 0.1));
  const startUs = Math.max(evidence.startUs - airUs, known.startUs);
  const endUs = Math.min(evidence.endUs + airUs, known.endUs);
  return startUs < endUs ? { startUs, endUs } : undefined;
}

/**
 * The whole window if at most `max` of the messages were sent in it, else stretches around the moments that are as long
 * as `max` allows; where even short ones are too many, those nearest to the first of the moments. At least one.
 */
export function segmentsOf(
  window: TimeRange,
  momentsUs: readonly number[],
  sentUs: readonly number[],
  max: number,
): readonly TimeRange[] {
  const fits = (segments: readonly TimeRange[]) =>
    sentUs.filter((us) => segments.some(({ startUs, endUs }) => us >= startUs && us <= endUs))
      .length <= max;
  if (fits([window])) return [window];
  const within = momentsUs.filter((us) => us >= window.startUs && us <= window.endUs);
  const moments = within.length > 0 ? within : [window.endUs];
  for (let air = window.endUs - window.startUs; air >= airUsLeast; air /= 2) {
    const segments = around(moments, Math.round(air), window);
    if (fits(segments)) return segments;
  }
  const distance = (us: number) => Math.abs(us - moments[0]!);
  const byDistance = moments.toSorted((a, b) => distance(a) - distance(b));
  let best = around(byDistance.slice(0, 1), airUsLeast, window);
  for (let count = 2; count <= byDistance.length; count++) {
    const more = around(byDistance.slice(0, count), airUsLeast, window);
    if (!fits(more)) break;
    best = more;
  }
  return best;
}

/** At most `max` of the items, those nearest to `focusUs`, in the order in which they were. */
export function nearest<T>(
  items: readonly T[],
  timeUs: (item: T) => number,
  focusUs: number,
  max: number,
): readonly T[] {
  if (items.length <= max) return items;
  const distance = (item: T) => Math.abs(timeUs(item) - focusUs);
  const kept = new Set(items.toSorted((a, b) => distance(a) - distance(b)).slice(0, max));
  return items.filter((item) => kept.has(item));
}

/** Whether it has a moment in common with any of them. */
export const touches = (range: TimeRange, segments: readonly TimeRange[]): boolean =>
  segments.some(({ startUs, endUs }) => range.startUs <= endUs && range.endUs >= startUs);

/** Stretches around the moments within the window, in order; those that touch are one. */
function around(momentsUs: readonly number[], airUs: number, window: TimeRange): TimeRange[] {
  const merged: TimeRange[] = [];
  for (const us of momentsUs.toSorted((a, b) => a - b)) {
    const startUs = Math.max(window.startUs, us - airUs);
    const endUs = Math.min(window.endUs, us + airUs);
    const last = merged.at(-1);
    if (last !== undefined && startUs <= last.endUs)
      merged[merged.length - 1] = { startUs: last.startUs, endUs };
    else merged.push({ startUs, endUs });
  }
  return merged;
}

function hull(ranges: readonly TimeRange[]): TimeRange {
  let [startUs, endUs] = [Infinity, -Infinity];
  for (const range of ranges) {
    startUs = Math.min(startUs, range.startUs);
    endUs = Math.max(endUs, range.endUs);
  }
  return { startUs, endUs };
}
