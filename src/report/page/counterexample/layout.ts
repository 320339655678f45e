/**
 * Where a counterexample's operations are drawn.
 *
 * Only the order of calls and returns decides linearizability, so time is not to scale: each call and each return has a
 * column of its own, in order, and columns are as wide as the words and the marks in them need. Operation A is wholly
 * left of operation B exactly when A returned before B was called.
 */
import type { DrawnCounterexample, DrawnOperation, DrawnPartial } from '../../evidence-model.ts';
import type { Point } from '../point.ts';
import { widen } from '../widen.ts';

export const rowHeight = 44;
export const barHeight = 28;
/** Above the rows, for moments, and below them, for states. */
export const axisHeight = 24;
export const stateHeight = 34;
const letterWidth = 7.3;
const padding = 38;
const columnWidthMin = 16;
const markWidth = 30;
const statePadding = 14;
/** Of a state, as far as it makes the drawing wider. */
const stateLettersMax = 12;

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Processes, in the order in which they first call. */
  readonly rows: readonly string[];
  /** In the order of the counterexample's operations. */
  readonly bars: readonly Bar[];
  /** One for each partial linearization. */
  readonly paths: readonly Path[];
  /** Of each call and return, from left to right. */
  readonly moments: readonly Moment[];
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** It has no known return. */
  readonly open: boolean;
}

/** A way through the operations. */
export interface Path {
  /** Where each of its operations takes effect, in the middle of its row. */
  readonly marks: readonly Point[];
  /** The return that it cannot pass. */
  readonly end: Point;
}

export interface Moment {
  readonly x: number;
  readonly timeNs: number;
}

/** At least `widthMin` wide. */
export function layOut(
  {
    operations,
    partials,
    initial,
  }: Pick<DrawnCounterexample, 'operations' | 'partials' | 'initial'>,
  widthMin: number,
): Layout {
  const { events, spans } = spansOf(operations);
  const gaps = partials.map(({ steps }) => effectGaps(steps, spans));
  const lead = initial === undefined ? 0 : stateWidth(initial);
  const widths = columnWidths(operations, spans, marksIn(partials, gaps), widthMin - lead);
  const edges = [lead];
  for (const width of widths) edges.push(edges.at(-1)! + width);
  const rows = [...new Set(operations.map((operation) => operation.process))];
  const rowTop = (place: number) => rows.indexOf(operations[place]!.process) * rowHeight;
  const middle = (place: number) => rowTop(place) + rowHeight / 2;
  return {
    width: edges.at(-1)!,
    height: rows.length * rowHeight,
    rows,
    bars: spans.map(({ from, to, open }, place) => ({
      x: edges[from]!,
      y: rowTop(place) + (rowHeight - barHeight) / 2,
      width: edges[to]! - edges[from]!,
      open,
    })),
    paths: partials.map(({ steps, stuck }, i) => ({
      marks: spread(gaps[i]!, edges).map((x, step) => ({ x, y: middle(steps[step]!.place) })),
      end: { x: edges[spans[stuck[0]!.place]!.to]!, y: middle(stuck[0]!.place) },
    })),
    moments: events.map(({ timeNs }, column) => ({ x: edges[column]!, timeNs })),
  };
}

/** From the column of its call to that of its return. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
}

/** At equal times calls come first: operations that touch are taken for concurrent. */
function spansOf(operations: readonly DrawnOperation[]) {
  const events = operations.flatMap(({ callNs, returnNs }, place) => [
    { timeNs: callNs, place, isReturn: 0 },
    ...(returnNs === undefined ? [] : [{ timeNs: returnNs, place, isReturn: 1 }]),
  ]);
  events.sort((a, b) => a.timeNs - b.timeNs || a.isReturn - b.isReturn || a.place - b.place);
  const spans = operations.map(({ returnNs }, place): Span => {
    const column = (isReturn: number) =>
      events.findIndex((event) => event.place === place && event.isReturn === isReturn);
    const open = returnNs === undefined;
    return { from: column(0), to: open ? events.length : column(1), open };
  });
  return { events, spans };
}

/** The column in which each operation of a linearization takes effect: after its call, and not before the one ahead of it. */
function effectGaps(steps: DrawnPartial['steps'], spans: readonly Span[]): number[] {
  let gap = 0;
  return steps.map(({ place }) => (gap = Math.max(gap, spans[place]!.from)));
}

/** So many marks of one linearization in a column, each as wide as the widest state that follows one of them. */
interface Marks {
  readonly gap: number;
  readonly count: number;
  readonly widthEach: number;
}

const marksIn = (
  partials: readonly DrawnPartial[],
  gaps: readonly (readonly number[])[],
): Marks[] =>
  partials.flatMap(({ steps }, i) =>
    [...new Set(gaps[i])].map((gap) => {
      const inGap = steps.filter((_, step) => gaps[i]![step] === gap);
      const widthEach = Math.max(markWidth, ...inGap.map(({ state }) => stateWidth(state)));
      return { gap, count: inGap.length, widthEach };
    }),
  );

const stateWidth = (state: string): number =>
  Math.min(state.length, stateLettersMax) * letterWidth + statePadding;

function columnWidths(
  operations: readonly DrawnOperation[],
  spans: readonly Span[],
  marks: readonly Marks[],
  widthMin: number,
): number[] {
  const columns = Math.max(1, ...spans.map((span) => span.to));
  const widths = Array.from({ length: columns }, () => columnWidthMin);
  for (const { gap, count, widthEach } of marks)
    widths[gap] = Math.max(widths[gap]!, (count + 1) * widthEach);
  const length = ({ from, to }: Span) => to - from;
  const shortFirst = [...spans.keys()].toSorted((a, b) => length(spans[a]!) - length(spans[b]!));
  for (const place of shortFirst) {
    const { from, to } = spans[place]!;
    const needed = operations[place]!.says.length * letterWidth + padding;
    widen(widths, from, to, needed);
  }
  widen(widths, 0, columns, widthMin);
  return widths;
}

/** Marks that share a column stand side by side in it, in their order. */
function spread(gaps: readonly number[], edges: readonly number[]): number[] {
  return gaps.map((gap, step) => {
    const together = gaps.filter((each) => each === gap).length;
    const before = gaps.slice(0, step).filter((each) => each === gap).length;
    const [left, right] = [edges[gap]!, edges[gap + 1]!];
    return left + ((right - left) * (before + 1)) / (together + 1);
  });
}
