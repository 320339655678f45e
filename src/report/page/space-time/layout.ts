/**
 * Where everything of a space-time diagram is, in pixels: pure arithmetic. Time goes down; from left to right are the
 * axis, the faults in force, the clients' operations, the clients' line and a line for each node.
 */
import type { SpaceTime } from '../../space-time/model.ts';
import type { TimeRange } from '../../model.ts';
import type { Call } from './calls.ts';
import { laneBars } from './bars.ts';
import type { CallBar } from './bars.ts';
import { elasticScale } from './scale.ts';
import type { Scale } from './scale.ts';

export const axisWidth = 86;
export const stripWidth = 18;
const marginTop = 16;
const columnWidthMin = 104;
/** Right of the last line; more of it where its node has something to say. */
const marginRight = { empty: 44, withWords: 186 };

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  readonly scale: Scale;
  /** Of a moment, within the diagram. */
  readonly y: (us: number) => number;
  /** Of each lifeline. */
  readonly xs: readonly number[];
  /** Of each fault's strip. */
  readonly stripsLeft: number;
  readonly lanesLeft: number;
  readonly bars: readonly CallBar[];
  /** In the order of the messages; undefined for those that are hidden. */
  readonly arrows: readonly (Arrow | undefined)[];
}

export interface Arrow {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** What is at its end: the receiver, the place where it was lost, or the edge of what is drawn. */
  readonly end: 'arrives' | 'lost' | 'leaves';
}

export interface Choices {
  readonly widthMin: number;
  /** 1 is as high as it takes to follow single messages. */
  readonly zoom: number;
  readonly isShown: (kind: number) => boolean;
}

/** At least `widthMin` wide. */
export function layOut(diagram: SpaceTime, calls: readonly Call[], choices: Choices): Layout {
  const { segments, messages, events, lifelines, faults } = diagram;
  const shown = messages.filter(({ kind }) => choices.isShown(kind));
  const whole = { startUs: segments[0]!.startUs, endUs: segments.at(-1)!.endUs };
  const moments = [
    ...shown.flatMap(({ sentUs, arrivedUs }) => [sentUs, arrivedUs ?? sentUs]),
    ...events.map(({ timeUs }) => timeUs),
    ...calls.flatMap(({ callUs, endUs }) => [callUs, endUs]),
  ];
  const words = calls.map(({ callUs, endUs }) => ({ ...within(callUs, endUs, whole), height: 20 }));
  const scale = elasticScale(segments, moments, elasticity(diagram, choices.zoom), words);
  const y = (us: number) => marginTop + scale.y(us);
  const stripsLeft = axisWidth;
  const lanesLeft = stripsLeft + faults.length * stripWidth + (faults.length > 0 ? 6 : 0);
  const bottom = marginTop + scale.height;
  const { bars, width: lanesWidth } = laneBars(calls, whole, y, lanesLeft);
  const clientsX = lanesLeft + Math.max(lanesWidth, 30) + 14;
  const last = lifelines.length - 1;
  const right = events.some(({ lifeline }) => lifeline === last) ? 'withWords' : 'empty';
  const columnWidth = Math.max(
    columnWidthMin,
    (choices.widthMin - clientsX - marginRight[right]) / Math.max(1, last),
  );
  const xs = lifelines.map((_, i) => clientsX + i * columnWidth);
  const place = { y, xs, whole, lostDrop: lostDrop * choices.zoom };
  return {
    width: xs.at(-1)! + marginRight[right],
    height: bottom + 12,
    top: marginTop,
    bottom,
    scale,
    y,
    xs,
    stripsLeft,
    lanesLeft,
    bars,
    arrows: messages.map((message) =>
      choices.isShown(message.kind) ? arrowOf(message, place) : undefined,
    ),
  };
}

/** How far down a message that never arrives is drawn, at zoom 1. */
const lostDrop = 14;
/** How high a usual message is, so that arrows are neither flat nor steep. */
const flightHeight = 30;

/** Half of the messages take longer than the one in the middle. */
function elasticity({ messages }: SpaceTime, zoom: number) {
  const flights = messages
    .flatMap(({ sentUs, arrivedUs }) => (arrivedUs === null ? [] : [arrivedUs - sentUs]))
    .toSorted((a, b) => a - b);
  const usual = Math.max(1, flights[flights.length >> 1] ?? 1000);
  return {
    pixelsPerUs: (flightHeight / usual) * zoom,
    gapMin: 6 * zoom,
    gapMax: 46 * zoom,
    breakHeight: 46,
  };
}

const within = (startUs: number, endUs: number, whole: TimeRange): TimeRange => ({
  startUs: Math.min(whole.endUs, Math.max(whole.startUs, startUs)),
  endUs: Math.min(whole.endUs, Math.max(whole.startUs, endUs)),
});

interface Ground {
  readonly y: (us: number) => number;
  readonly xs: readonly number[];
  readonly whole: TimeRange;
  readonly lostDrop: number;
}

/** How much of the way to the receiver is drawn of a message that does not get there. */
const partOfTheWay = 0.6;

function arrowOf(
  { sentUs, arrivedUs, from, to }: SpaceTime['messages'][number],
  { y, xs, whole, lostDrop: drop }: Ground,
): Arrow {
  const [fromX, toX] = [xs[from]!, xs[to]!];
  const part = (share: number) => fromX + share * (toX - fromX);
  // Sent before the first moment that is drawn: it comes in over the upper edge.
  const x1 = sentUs < whole.startUs ? part(1 - partOfTheWay) : fromX;
  const y1 = y(sentUs);
  if (arrivedUs === null) return { x1, y1, x2: part(partOfTheWay), y2: y1 + drop, end: 'lost' };
  if (arrivedUs > whole.endUs)
    return { x1, y1, x2: part(partOfTheWay), y2: y(whole.endUs) + 8, end: 'leaves' };
  return { x1, y1, x2: toX, y2: y(arrivedUs), end: 'arrives' };
}
