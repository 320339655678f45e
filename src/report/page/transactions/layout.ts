/**
 * Where the transactions of an anomaly are drawn: a cycle as a ring of two rows, the upper from left to right and the
 * lower back again; where the page is too narrow for that, one below the other, with the way back at their right.
 *
 * Places are those of the drawn transactions, which stand in the order of the cycle.
 */
import type { DrawnDependency, DrawnTransactions } from '../../evidence-model.ts';
import type { Point } from '../point.ts';

export const headHeight = 26;
export const lineHeight = 17;
export const labelHeight = 20;
const boxPadding = 8;
const letterWidth = 7.3;
const boxWidths = { min: 150, max: 320 } as const;
const linesMax = 8;
const rowGap = 72;
const margin = 10;
/** Of an arrow, visible at either side of its label. */
const shaft = 26;
const labelLettersMax = 32;
/** Between two arrows that go to and fro. */
const apart = 30;

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** One for each dependency. */
  readonly arrows: readonly Arrow[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Micro-operations as far as they are shown. */
  readonly lines: readonly Line[];
}

export interface Line {
  readonly text: string;
  /** Of the micro-operation; undefined for the line that counts those left out. */
  readonly micro: number | undefined;
}

export interface Arrow {
  /** At least two; the head is at the last. */
  readonly points: readonly Point[];
  /** The middle of its label, and how wide that is. */
  readonly label: Point;
  readonly labelWidth: number;
}

/** `widthMax` is exceeded only where a single transaction is wider. */
export function layOut(drawn: DrawnTransactions, widthMax: number): Layout {
  const lines = drawn.transactions.map((_, place) => linesOf(drawn, place));
  const width = boxWidth(drawn, lines);
  const sizes = lines.map((each) => ({
    width,
    height: headHeight + each.length * lineHeight + boxPadding,
  }));
  const gap = Math.max(0, ...drawn.dependencies.map(labelWidthOf)) + 2 * shaft;
  const columns = drawn.transactions.length === 2 ? 2 : Math.ceil(drawn.transactions.length / 2);
  const ringWidth = columns * width + (columns - 1) * gap + 2 * margin;
  const isRing = columns > 1 && ringWidth <= widthMax;
  const corners = isRing ? ring(sizes, columns, gap) : stack(sizes);
  const boxes = corners.map(({ x, y }, place): Box => {
    const { height } = sizes[place]!;
    return { x, y, width, height, lines: lines[place]! };
  });
  const arrows = isRing
    ? drawn.dependencies.map((each) => straight(boxes, drawn.dependencies, each))
    : stackArrows(boxes, drawn.dependencies);
  return { ...extentOf(boxes, arrows), boxes, arrows };
}

/** Whether a micro-operation, in words, is of the key: `append 5 3` is of `5`. */
export function isOf(micro: string, key: string): boolean {
  const operand = micro.slice(micro.indexOf(' ') + 1);
  return operand === key || operand.startsWith(`${key} `);
}

/** Of many micro-operations, those that a dependency is about; they stay in their order. */
function linesOf({ transactions, dependencies }: DrawnTransactions, place: number): Line[] {
  const { says } = transactions[place]!;
  const all = says.map((text, micro) => ({ text, micro }));
  if (all.length <= linesMax) return all;
  const keys = dependencies.flatMap(({ from, to, key }) =>
    key !== undefined && (from === place || to === place) ? [key] : [],
  );
  const matters = ({ text }: { text: string }) => keys.some((key) => isOf(text, key));
  const rank = (line: { text: string }) => (matters(line) ? 0 : 1);
  const shown = all
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, linesMax - 1)
    .toSorted((a, b) => a.micro - b.micro);
  return [...shown, { text: `… ${all.length - shown.length} more`, micro: undefined }];
}

function boxWidth(
  { transactions }: DrawnTransactions,
  lines: readonly (readonly Line[])[],
): number {
  const letters = [
    ...lines.flat().map(({ text }) => text.length),
    ...transactions.map(({ name, process }) => name.length + process.length + 10),
  ];
  return Math.min(boxWidths.max, Math.max(boxWidths.min, Math.max(...letters) * letterWidth + 24));
}

/** What an arrow says beside itself: `rw key 5: [1] → 2`. */
export function labelOf({ because, key, values }: DrawnDependency): string {
  if (key === undefined) return because;
  const text = [`${because} key ${key}`, values.join(' → ')]
    .filter((part) => part !== '')
    .join(': ');
  return text.length > labelLettersMax ? `${text.slice(0, labelLettersMax - 1)}…` : text;
}

const labelWidthOf = (dependency: DrawnDependency): number =>
  labelOf(dependency).length * letterWidth + 16;

type Size = Pick<Box, 'width' | 'height'>;

/** Boxes of a row have their middles on one line; a lower row with fewer of them stands in the middle. */
function ring(sizes: readonly Size[], columns: number, gap: number): Point[] {
  const width = sizes[0]!.width;
  const heights = [sizes.slice(0, columns), sizes.slice(columns)].map((row) =>
    Math.max(0, ...row.map(({ height }) => height)),
  );
  const below = sizes.length - columns;
  return sizes.map(({ height }, place) => {
    const row = place < columns ? 0 : 1;
    const column = row === 0 ? place : sizes.length - 1 - place + (columns - below) / 2;
    const top = margin + row * (heights[0]! + rowGap);
    return { x: margin + column * (width + gap), y: top + (heights[row]! - height) / 2 };
  });
}

function stack(sizes: readonly Size[]): Point[] {
  let y = margin;
  return sizes.map(({ height }) => {
    const at = { x: margin, y };
    y += height + rowGap;
    return at;
  });
}

/** From border to border along the line of the middles; moved aside where another goes the other way. */
function straight(
  boxes: readonly Box[],
  all: readonly DrawnDependency[],
  dependency: DrawnDependency,
): Arrow {
  const [from, to] = [boxes[dependency.from]!, boxes[dependency.to]!];
  const toAndFro = all.some(
    (other) => other.from === dependency.to && other.to === dependency.from,
  );
  const [a, b] = [middleOf(from), middleOf(to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const side = toAndFro ? apart / 2 : 0;
  const aside = ({ x, y }: Point): Point => ({ x: x + uy * side, y: y - ux * side });
  const begin = aside(border(from, a, ux, uy));
  const end = aside(border(to, b, -ux, -uy));
  return {
    points: [begin, end],
    label: { x: (begin.x + end.x) / 2, y: (begin.y + end.y) / 2 },
    labelWidth: labelWidthOf(dependency),
  };
}

const middleOf = ({ x, y, width, height }: Box): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** Where a ray from the middle leaves the box. */
function border({ width, height }: Box, { x, y }: Point, ux: number, uy: number): Point {
  const far = Math.min(
    ux === 0 ? Infinity : width / 2 / Math.abs(ux),
    uy === 0 ? Infinity : height / 2 / Math.abs(uy),
  );
  return { x: x + ux * far, y: y + uy * far };
}

/** Straight down to the next; any other way goes around at the right, each further out than those before it. */
function stackArrows(boxes: readonly Box[], all: readonly DrawnDependency[]): Arrow[] {
  let outX = 0;
  return all.map((dependency) => {
    const [from, to] = [boxes[dependency.from]!, boxes[dependency.to]!];
    if (dependency.to === dependency.from + 1) return straight(boxes, [], dependency);
    const labelWidth = labelWidthOf(dependency);
    const right = from.x + from.width;
    outX = Math.max(outX, right) + labelWidth / 2 + shaft / 2;
    const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
    const around = outX;
    outX += labelWidth / 2;
    return {
      points: [
        { x: right, y: y1 },
        { x: around, y: y1 },
        { x: around, y: y2 },
        { x: right, y: y2 },
      ],
      label: { x: around, y: (y1 + y2) / 2 },
      labelWidth,
    };
  });
}

function extentOf(boxes: readonly Box[], arrows: readonly Arrow[]): Size {
  const rights = [
    ...boxes.map(({ x, width }) => x + width),
    ...arrows.map(({ label, labelWidth }) => label.x + labelWidth / 2),
  ];
  const bottoms = boxes.map(({ y, height }) => y + height);
  return { width: Math.max(...rights) + margin, height: Math.max(...bottoms) + margin };
}
