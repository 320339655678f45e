/**
 * The counterexample as a drawing: bars by client, and over them one order after another without being drawn again, so
 * that the pointer stays on what it points at.
 */
import type { DrawnCounterexample } from '../../evidence-model.ts';
import { describe } from '../context.ts';
import type { Context } from '../context.ts';
import { svg } from '../dom.ts';
import { duration, moment } from '../format.ts';
import { item } from '../item.ts';
import type { Item } from '../item.ts';
import { axisHeight, barHeight, rowHeight, stateHeight } from './layout.ts';
import type { Layout } from './layout.ts';
import type { Part } from './orders.ts';
import { pathOf } from './path.ts';

const right = 26;

export interface Picture {
  readonly drawing: SVGSVGElement;
  /** In the order of the operations. */
  readonly items: readonly Item[];
  /** Shows the order at that place, with the parts that operations play in it. */
  readonly show: (at: number, parts: readonly Part[]) => void;
}

export function picture(
  context: Context,
  found: DrawnCounterexample,
  layout: Layout,
  act: (place: number) => void,
): Picture {
  const width = layout.width + right;
  const height = axisHeight + layout.height + stateHeight;
  const items = layout.bars.map((_, place) => barOf(context, found, layout, place, act));
  const labels = items.map(({ element }) => element.getAttribute('aria-label'));
  const paths = layout.paths.map((path, at) => pathOf(found, path, at, layout.height));
  const drawing = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}` },
    hatching(),
    ...axis(layout),
    ...layout.rows.map((_, row) => rowLine(row, width)),
    ...paths.map(({ behind }) => behind),
    ...items.map(({ element }) => element),
    ...paths.map(({ before }) => before),
  );
  return {
    drawing,
    items,
    show(at, parts) {
      for (const [i, { behind, before }] of paths.entries()) {
        behind.toggleAttribute('hidden', i !== at);
        before.toggleAttribute('hidden', i !== at);
      }
      for (const [place, { element }] of items.entries()) {
        for (const part of ['ordered', 'blocked', 'stuck', 'outside'])
          element.classList.toggle(part, parts[place] === part);
        element.setAttribute('aria-label', `${labels[place]}, ${said(found, at, place, parts)}`);
      }
    },
  };
}

/** What its look says of an operation, for who does not see it. */
function said(
  { partials }: DrawnCounterexample,
  at: number,
  place: number,
  parts: readonly Part[],
): string {
  const step = partials[at]?.steps.find((each) => each.place === place);
  if (step !== undefined) return `number ${step.number} of this order, then state ${step.state}`;
  const why = partials[at]?.stuck.find((each) => each.place === place)?.why;
  return why ?? (parts[place] === 'blocked' ? 'cannot take effect' : 'not in this order');
}

/** The clients' names, which stay in sight when the drawing is scrolled. */
export function names({ rows, height }: Layout, width: number): SVGSVGElement {
  const whole = axisHeight + height + stateHeight;
  const name = (y: number, text: string) =>
    svg('text', { x: width - 12, y, 'text-anchor': 'end', 'dominant-baseline': 'central' }, text);
  return svg(
    'svg',
    { class: 'names', width, height: whole, viewBox: `0 0 ${width} ${whole}` },
    ...rows.map((process, row) =>
      name(axisHeight + row * rowHeight + rowHeight / 2, `client ${process}`),
    ),
    name(axisHeight + height + stateHeight / 2, 'state'),
  );
}

const hatching = () =>
  svg(
    'defs',
    {},
    svg(
      'pattern',
      {
        id: 'hatch',
        width: 6,
        height: 6,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      svg('rect', { width: 6, height: 6, class: 'hatch-ground' }),
      svg('rect', { width: 2, height: 6, class: 'hatch-line' }),
    ),
  );

const rowLine = (row: number, width: number): SVGElement => {
  const y = axisHeight + row * rowHeight + rowHeight / 2;
  return svg('line', { x1: 0, x2: width, y1: y, y2: y, class: 'row' });
};

const labelWidth = 78;

/** The moment of the first call, and how long after it the others are that have room to say it. */
function axis({ moments, height, width }: Layout): SVGElement[] {
  const firstNs = moments[0]?.timeNs ?? 0;
  let freeX = 0;
  return moments.flatMap(({ x, timeNs }, i) => {
    const tick = svg('line', {
      x1: x,
      x2: x,
      y1: axisHeight,
      y2: axisHeight + height,
      class: 'tick',
    });
    const leftward = x + labelWidth > width + right;
    if (x - (leftward ? labelWidth : 0) < freeX) return [tick];
    freeX = x + labelWidth;
    const at = leftward ? { x: x - 3, 'text-anchor': 'end' } : { x: x + 3 };
    const text = i === 0 ? moment(firstNs / 1000) : `+${duration((timeNs - firstNs) / 1000)}`;
    return [tick, svg('text', { ...at, y: axisHeight - 10, class: 'time' }, text)];
  });
}

function barOf(
  context: Context,
  { operations }: DrawnCounterexample,
  { bars }: Layout,
  place: number,
  act: (place: number) => void,
): Item {
  const { operation, process, says, outcome, supporting } = operations[place]!;
  const bar = bars[place]!;
  const y = axisHeight + bar.y;
  return item(
    context.tooltip,
    {
      key: `operation-${place}`,
      at: bar.x,
      names: ['bar', outcome, supporting && 'supporting'],
      lines: operation === -1 ? [`client ${process}: ${says}`] : describe(context, operation),
      act: () => act(place),
      pressed: false,
    },
    svg('path', { d: outline(bar.x, y, bar.width, bar.open), class: 'box' }),
    svg('text', { x: bar.x + 10, y: y + barHeight / 2, 'dominant-baseline': 'central' }, says),
  );
}

/** A bar whose end nobody knows has a torn edge. */
function outline(x: number, y: number, width: number, open: boolean): string {
  const [right, bottom, tooth] = [x + width, y + barHeight, barHeight / 4];
  if (!open) return `M${x} ${y}H${right}V${bottom}H${x}Z`;
  const teeth = [1, 2, 3, 4]
    .map((i) => `L${right - (i % 2 === 1 ? 6 : 0)} ${y + i * tooth}`)
    .join('');
  return `M${x} ${y}H${right}${teeth}H${x}Z`;
}
