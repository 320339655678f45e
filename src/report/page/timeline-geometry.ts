/** Where things are on the timeline, in CSS pixels: pure arithmetic shared by drawing and pointing. */
import type { Report, TimeRange } from '../model.ts';
import type { Operations } from './operations.ts';

export const gutter = 76;
const rightMargin = 12;
const axisHeight = 24;
const rowHeight = 20;

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly window: TimeRange;
  /** Families of faults, each with a row of its own. */
  readonly families: readonly string[];
  readonly phasesTop: number;
  readonly faultsTop: number;
  readonly marksTop: number | undefined;
  readonly lanesTop: number;
  readonly laneHeight: number;
  readonly lanes: number;
  readonly rowHeight: number;
  readonly x: (us: number) => number;
  readonly us: (x: number) => number;
}

/** `width` is the canvas's; the height follows from what there is to show. */
export function geometry(report: Report, window: TimeRange, width: number): Geometry {
  const families = [...new Set(report.faults.map((fault) => fault.family))];
  const phasesTop = axisHeight;
  const faultsTop = phasesTop + rowHeight;
  const marksRow = faultsTop + families.length * rowHeight;
  const hasMarks = report.marks.some((mark) => mark.timeUs >= report.range.startUs);
  const lanesTop = marksRow + (hasMarks ? rowHeight : 0) + 6;
  const lanes = report.lanes.length;
  const laneHeight = Math.max(7, Math.min(22, Math.floor(420 / Math.max(1, lanes))));
  const plot = Math.max(1, width - gutter - rightMargin);
  const lengthUs = window.endUs - window.startUs;
  return {
    width,
    height: lanesTop + Math.max(1, lanes) * laneHeight + 8,
    window,
    families,
    phasesTop,
    faultsTop,
    marksTop: hasMarks ? marksRow : undefined,
    lanesTop,
    laneHeight,
    lanes,
    rowHeight,
    x: (us) => gutter + ((us - window.startUs) / lengthUs) * plot,
    us: (x) => window.startUs + ((x - gutter) / plot) * lengthUs,
  };
}

export type Hit =
  | { readonly kind: 'operation'; readonly place: number }
  | { readonly kind: 'fault'; readonly place: number }
  | { readonly kind: 'mark'; readonly place: number };

/** How far beside a thing, in pixels, still points at it. */
const tolerance = 4;

/** What is at a point; of several operations the nearest, and of equally near ones the shorter, which is harder to hit. */
export function hitAt(
  { report, operations, geometry: at, isShown }: Pointable,
  x: number,
  y: number,
): Hit | undefined {
  if (x < gutter) return undefined;
  if (y >= at.lanesTop) {
    const lane = Math.floor((y - at.lanesTop) / at.laneHeight);
    const place = operationAt(operations, operations.byLane[lane] ?? [], at, x, isShown);
    return place === undefined ? undefined : { kind: 'operation', place };
  }
  if (at.marksTop !== undefined && y >= at.marksTop) {
    const place = nearestIndex(report.marks.map((mark) => Math.abs(at.x(mark.timeUs) - x)));
    return place === undefined ? undefined : { kind: 'mark', place };
  }
  if (y < at.faultsTop) return undefined;
  const family = at.families[Math.floor((y - at.faultsTop) / at.rowHeight)];
  const place = report.faults.findIndex(
    (fault) =>
      fault.family === family &&
      at.x(fault.startUs) - tolerance <= x &&
      at.x(fault.endUs) + tolerance >= x,
  );
  return place === -1 ? undefined : { kind: 'fault', place };
}

export interface Pointable {
  readonly report: Report;
  readonly operations: Operations;
  readonly geometry: Geometry;
  readonly isShown: (place: number) => boolean;
}

function operationAt(
  { callUs, endUs }: Operations,
  lane: readonly number[],
  { x: toX, us }: Geometry,
  x: number,
  isShown: (place: number) => boolean,
): number | undefined {
  let best: { place: number; distance: number; length: number } | undefined;
  for (let i = firstEndingAfter(lane, endUs, us(x - tolerance)); i < lane.length; i++) {
    const place = lane[i]!;
    const [from, to] = [toX(callUs[place]!), toX(endUs[place]!)];
    if (from > x + tolerance) break;
    if (!isShown(place)) continue;
    const distance = Math.max(0, from - x, x - to);
    const length = to - from;
    if (
      best === undefined ||
      distance < best.distance ||
      (distance === best.distance && length < best.length)
    )
      best = { place, distance, length };
  }
  return best?.place;
}

/** The first of a lane's operations that is not over before `us`; they do not overlap, so their ends are sorted. */
export function firstEndingAfter(lane: readonly number[], endUs: Float64Array, us: number): number {
  let [low, high] = [0, lane.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endUs[lane[middle]!]! < us) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearestIndex(distances: readonly number[]): number | undefined {
  const least = Math.min(...distances);
  return least <= tolerance + 3 ? distances.indexOf(least) : undefined;
}
