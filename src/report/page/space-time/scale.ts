/**
 * Elastic time: from moments to pixels, in order but not to scale.
 *
 * A message takes half a millisecond, and then nothing happens for fifty; to scale one would see either the message or
 * what came next. So the time between two neighbouring moments is to scale only between a least and a greatest height.
 * What is shortened is marked, and so is what lies between two stretches that are drawn.
 */
import type { TimeRange } from '../../model.ts';
import { widen } from '../widen.ts';

export interface Scale {
  readonly height: number;
  readonly y: (us: number) => number;
  readonly us: (y: number) => number;
  readonly breaks: readonly Break[];
}

export interface Break {
  readonly top: number;
  readonly bottom: number;
  readonly lengthUs: number;
  /** Something happened in it that is not drawn; otherwise it is only shorter than its time. */
  readonly leftOut: boolean;
}

export interface Elasticity {
  /** Where time is neither stretched nor shortened. */
  readonly pixelsPerUs: number;
  readonly gapMin: number;
  readonly gapMax: number;
  /** Of the place between two stretches. */
  readonly breakHeight: number;
}

/** At least this high, for words to fit in. */
export interface Minimum extends TimeRange {
  readonly height: number;
}

/** Gaps that are shortened to less than this share of their height are marked. */
const markedBelow = 0.4;

/** `segments` are in order and apart; moments outside of them have no place of their own. */
export function elasticScale(
  segments: readonly TimeRange[],
  momentsUs: Iterable<number>,
  elasticity: Elasticity,
  minimums: readonly Minimum[] = [],
): Scale {
  const { pixelsPerUs, gapMin, gapMax, breakHeight } = elasticity;
  const knots = knotsOf(segments, momentsUs);
  const leftOut = new Set(segments.slice(0, -1).map(({ endUs }) => endUs));
  const heights = knots.slice(1).map((us, i) => {
    const before = knots[i]!;
    if (leftOut.has(before)) return breakHeight;
    return Math.min(gapMax, Math.max(gapMin, (us - before) * pixelsPerUs));
  });
  for (const { startUs, endUs, height } of minimums)
    widen(heights, placeOf(knots, startUs), placeOf(knots, endUs), height);
  const ys = [0];
  for (const height of heights) ys.push(ys.at(-1)! + height);
  return {
    height: ys.at(-1)!,
    y: (us) => interpolated(knots, ys, us),
    us: (y) => interpolated(ys, knots, y),
    breaks: heights.flatMap((height, i) => {
      const lengthUs = knots[i + 1]! - knots[i]!;
      const isLeftOut = leftOut.has(knots[i]!);
      return isLeftOut || height < markedBelow * lengthUs * pixelsPerUs
        ? [{ top: ys[i]!, bottom: ys[i + 1]!, lengthUs, leftOut: isLeftOut }]
        : [];
    }),
  };
}

/** The moments that have a place of their own: edges of the stretches, and what is within them. */
function knotsOf(segments: readonly TimeRange[], momentsUs: Iterable<number>): number[] {
  const edges = segments.flatMap(({ startUs, endUs }) => [startUs, endUs]);
  const within = [...momentsUs].filter((us) =>
    segments.some(({ startUs, endUs }) => us >= startUs && us <= endUs),
  );
  return [...new Set([...edges, ...within])].toSorted((a, b) => a - b);
}

/** The last knot that is not after `us`. */
function placeOf(knots: readonly number[], us: number): number {
  let [low, high] = [0, knots.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (knots[middle]! <= us) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Straight between knots, and still beyond the first and the last. */
function interpolated(from: readonly number[], to: readonly number[], at: number): number {
  const place = Math.min(placeOf(from, at), from.length - 2);
  const [before, after] = [from[place]!, from[place + 1] ?? from[place]!];
  const share = after > before ? (at - before) / (after - before) : 0;
  const [low, high] = [to[place]!, to[place + 1] ?? to[place]!];
  return low + Math.min(1, Math.max(0, share)) * (high - low);
}

/** Round moments to name at the axis, about `apart` pixels from each other. */
export function ticksOf(scale: Scale, apart: number): { us: number; y: number }[] {
  const found: { us: number; y: number }[] = [];
  for (let y = apart / 2; y < scale.height; y += apart) {
    const us = roundest(scale.us(y - apart * 0.3), scale.us(y + apart * 0.3));
    const at = scale.y(us);
    const inBreak = scale.breaks.some(({ top, bottom }) => at > top - 7 && at < bottom + 7);
    if (!inBreak && us !== found.at(-1)?.us) found.push({ us, y: at });
  }
  return found;
}

/** The number between the two that has the fewest digits. */
function roundest(from: number, to: number): number {
  for (let power = 1e9; power > 1; power /= 10)
    for (const step of [power, power / 2, power / 5]) {
      const multiple = Math.ceil(from / step) * step;
      if (multiple <= to) return multiple;
    }
  return Math.round(from);
}
