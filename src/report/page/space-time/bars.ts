/**
 * Where a diagram's operations are: bars in lanes left of the clients' line, as long as the operations took. Operations
 * at the same time have lanes of their own; a client keeps to its lane where it can.
 */
import type { TimeRange } from '../../model.ts';
import type { Call } from './calls.ts';

export interface CallBar {
  readonly call: Call;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It began before what is drawn. */
  readonly openAbove: boolean;
  /** It ends after what is drawn, or nobody knows when. */
  readonly openBelow: boolean;
}

const lanesWidthMax = 430;
const laneWidthMax = 136;
const laneWidthMin = 16;
const gap = 6;

/** Of all that have a part in what is drawn. */
export function laneBars(
  calls: readonly Call[],
  whole: TimeRange,
  y: (us: number) => number,
  left: number,
): { bars: CallBar[]; width: number } {
  const inView = calls.filter(
    ({ callUs, endUs, open }) => callUs <= whole.endUs && (open || endUs >= whole.startUs),
  );
  const lanes = lanesOf(inView);
  const count = Math.max(0, ...lanes) + 1;
  const laneWidth = Math.max(laneWidthMin, Math.min(laneWidthMax, lanesWidthMax / count));
  const bars = inView.map((call, i): CallBar => {
    const openBelow = call.open || call.endUs > whole.endUs;
    const top = y(Math.max(call.callUs, whole.startUs));
    return {
      call,
      x: left + lanes[i]! * laneWidth,
      y: top,
      width: laneWidth - gap,
      height: Math.max(3, y(openBelow ? whole.endUs : call.endUs) - top),
      openAbove: call.callUs < whole.startUs,
      openBelow,
    };
  });
  return { bars, width: inView.length === 0 ? 0 : count * laneWidth };
}

/** The lane of each; `calls` are in order. */
function lanesOf(calls: readonly Call[]): number[] {
  const lanes: { client: number; freeUs: number }[] = [];
  return calls.map(({ client, callUs, endUs, open }) => {
    const isFree = (lane: number) => (lanes[lane]?.freeUs ?? -Infinity) <= callUs;
    const own = lanes.findIndex((lane, i) => lane.client === client && isFree(i));
    const any = own === -1 ? lanes.findIndex((_, i) => isFree(i)) : own;
    const lane = any === -1 ? lanes.length : any;
    lanes[lane] = { client, freeUs: open ? Infinity : endUs };
    return lane;
  });
}
