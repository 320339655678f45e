/**
 * Where a counterexample's operations are drawn.
 *
 * Only the order of calls and returns decides linearizability, so time is not to scale: each call and each return has a
 * column of its own, in order, and columns are as wide as the words and the marks in them need. Operation A is wholly
 * left of operation B exactly when A returned before B was called.
 */
import type { DrawnCounterexample, DrawnOperation } from '../model.ts';
import { widen } from './widen.ts';

export const rowHeight = 44;
export const barHeight = 28;
const letterWidth = 7.3;
const padding = 38;
const columnWidthMin = 16;
const markWidth = 24;

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Processes, in the order in which they first call. */
  readonly rows: readonly string[];
  /** In the order of the counterexample's operations. */
  readonly bars: readonly Bar[];
  /** For each partial linearization, where each of its operations takes effect. */
  readonly marks: readonly (readonly Point[])[];
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** It has no known return. */
  readonly open: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** At least `widthMin` wide. */
export function layOut(
  { operations, partials }: Pick<DrawnCounterexample, 'operations' | 'partials'>,
  widthMin: number,
): Layout {
  const spans = spansOf(operations);
  const gaps = partials.map(({ order }) => effectGaps(order, spans));
  const widths = columnWidths(operations, spans, gaps, widthMin);
  const edges = [0];
  for (const width of widths) edges.push(edges.at(-1)! + width);
  const rows = [...new Set(operations.map((operation) => operation.process))];
  const rowTop = (place: number) => rows.indexOf(operations[place]!.process) * rowHeight;
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
    marks: partials.map(({ order }, i) =>
      spread(gaps[i]!, edges).map((x, step) => ({ x, y: rowTop(order[step]!) + rowHeight / 2 })),
    ),
  };
}

/** From the column of its call to that of its return. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
}

/** At equal times calls come first: operations that touch are taken for concurrent. */
function spansOf(operations: readonly DrawnOperation[]): Span[] {
  const events = operations.flatMap(({ callNs, returnNs }, place) => [
    { timeNs: callNs, place, isReturn: 0 },
    ...(returnNs === undefined ? [] : [{ timeNs: returnNs, place, isReturn: 1 }]),
  ]);
  events.sort((a, b) => a.timeNs - b.timeNs || a.isReturn - b.isReturn || a.place - b.place);
  return operations.map(({ returnNs }, place) => {
    const column = (isReturn: number) =>
      events.findIndex((event) => event.place === place && event.isReturn === isReturn);
    const open = returnNs === undefined;
    return { from: column(0), to: open ? events.length : column(1), open };
  });
}

/** The column in which each operation of a linearization takes effect: after its call, and not before the one ahead of it. */
function effectGaps(order: readonly number[], spans: readonly Span[]): number[] {
  let gap = 0;
  return order.map((place) => (gap = Math.max(gap, spans[place]!.from)));
}

function columnWidths(
  operations: readonly DrawnOperation[],
  spans: readonly Span[],
  gaps: readonly (readonly number[])[],
  widthMin: number,
): number[] {
  const columns = Math.max(1, ...spans.map((span) => span.to));
  const widths = Array.from({ length: columns }, () => columnWidthMin);
  for (const partial of gaps)
    for (const gap of partial) {
      const marks = partial.filter((each) => each === gap).length;
      widths[gap] = Math.max(widths[gap]!, (marks + 1) * markWidth);
    }
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
