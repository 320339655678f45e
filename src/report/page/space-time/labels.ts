/**
 * Which words a diagram shows beside its arrows and marks: as many as there is room for, none on top of another, and
 * where it can be none on an arrow. What has no room is told when one points at it.
 */
import { cut, letterWidth, lettersMin } from '../cut.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A place for words; `box` is what they cover there. */
export interface Spot {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise, around the point. */
  readonly turn: number;
  readonly box: Box;
}

export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * For each in turn, the earlier ones first, the spot among those that are free which the fewest lines run through, and
 * of equally good ones the first; undefined where none is free.
 */
export function placeLabels(
  all: readonly (readonly Spot[])[],
  lines: readonly Line[],
): (Spot | undefined)[] {
  const taken = byHeight<Box>();
  const crossing = byHeight<Line>();
  for (const line of lines) crossing.add(line, extent(line));
  return all.map((spots) => {
    const free = spots.filter(({ box }) => !taken.near(box).some((each) => collide(each, box)));
    const crossings = free.map(
      ({ box }) => crossing.near(box).filter((line) => runs(line, box)).length,
    );
    const spot = free[crossings.indexOf(Math.min(...crossings))];
    if (spot !== undefined) taken.add(spot.box, spot.box);
    return spot;
  });
}

const lineHeight = 11;
/** From an arrow to the middle of the words beside it. */
const apart = 7;
const places = [0.5, 0.3, 0.7].flatMap((share) => [
  { share, side: 1 },
  { share, side: -1 },
]);

/** Spots along an arrow: over and under its middle, then nearer to its begin and its end. */
export function spotsAlong({ x1, y1, x2, y2 }: Line, texts: readonly string[]): Spot[] {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const forward = x2 >= x1;
  const angle = Math.atan2((forward ? 1 : -1) * (y2 - y1), Math.abs(x2 - x1));
  return fitting(texts, length - 26).flatMap((text) =>
    places.flatMap(({ share, side }) => {
      const half = (text.length * letterWidth) / 2;
      if (Math.min(share, 1 - share) * length < half + 10) return [];
      const x = x1 + share * (x2 - x1) + side * apart * Math.sin(angle);
      const y = y1 + share * (y2 - y1) - side * apart * Math.cos(angle);
      const high = half * Math.abs(Math.sin(angle)) + lineHeight / 2;
      const wide = half * Math.cos(angle) + 4;
      const box = { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
      return [{ text, x, y, turn: (angle * 180) / Math.PI, box }];
    }),
  );
}

/** Spots beside a mark, level: right of it, then a line higher and a line lower. */
export function spotsBeside(x: number, y: number, texts: readonly string[], room: number): Spot[] {
  return fitting(texts, room).flatMap((text) =>
    [0, -lineHeight, lineHeight].map((shift) => ({
      text,
      x,
      y: y + shift,
      turn: 0,
      box: {
        left: x - 8,
        right: x + text.length * letterWidth,
        top: y + shift - lineHeight / 2,
        bottom: y + shift + lineHeight / 2,
      },
    })),
  );
}

/** Of texts that say ever less: those that fit, and such as say more than the next even when they are cut. */
function fitting(texts: readonly string[], room: number): string[] {
  return texts
    .map((text, i) => {
      const short = cut(text, room);
      const next = texts[i + 1] ?? '';
      return short === text || short.length > next.length + lettersMin || next === '' ? short : '';
    })
    .filter((text) => text !== '');
}

interface Extent {
  readonly top: number;
  readonly bottom: number;
}

const extent = ({ y1, y2 }: Line): Extent => ({ top: Math.min(y1, y2), bottom: Math.max(y1, y2) });

const bucketHeight = 64;

/** Things by where they are, for a diagram is many screens high. */
function byHeight<T>() {
  const buckets = new Map<number, T[]>();
  const placesOf = ({ top, bottom }: Extent) => {
    const first = Math.floor(top / bucketHeight);
    const last = Math.floor(bottom / bucketHeight);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  };
  return {
    near: (at: Extent): readonly T[] => [
      ...new Set(placesOf(at).flatMap((place) => buckets.get(place) ?? [])),
    ],
    add(thing: T, at: Extent) {
      for (const place of placesOf(at)) {
        const bucket = buckets.get(place);
        if (bucket === undefined) buckets.set(place, [thing]);
        else bucket.push(thing);
      }
    },
  };
}

const collide = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a line runs through a box: what is left of it within the box's width has a part within its height. */
function runs({ x1, y1, x2, y2 }: Line, box: Box): boolean {
  const from = Math.max(box.left, Math.min(x1, x2));
  const to = Math.min(box.right, Math.max(x1, x2));
  if (from > to) return false;
  const slope = x1 === x2 ? 0 : (y2 - y1) / (x2 - x1);
  const [a, b] = x1 === x2 ? [y1, y2] : [y1 + slope * (from - x1), y1 + slope * (to - x1)];
  return Math.max(a, b) > box.top && Math.min(a, b) < box.bottom;
}
