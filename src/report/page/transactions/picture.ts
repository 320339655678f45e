/** The transactions of an anomaly as boxes, and what orders them as arrows with its kind and key. */
import type { DrawnDependency, DrawnTransaction, DrawnTransactions } from '../../evidence-model.ts';
import { describe } from '../context.ts';
import type { Context } from '../context.ts';
import { svg } from '../dom.ts';
import { item } from '../item.ts';
import type { Item } from '../item.ts';
import { outcomeSigns, outcomeNames } from '../operations.ts';
import type { Point } from '../point.ts';
import { headHeight, labelHeight, labelOf, lineHeight } from './layout.ts';
import type { Arrow, Box, Layout } from './layout.ts';

export interface Picture {
  readonly drawing: SVGSVGElement;
  /** One for each transaction. */
  readonly items: readonly Item[];
  /** One for each dependency. */
  readonly arrows: readonly SVGGElement[];
}

export function picture(
  context: Context,
  { transactions, dependencies }: DrawnTransactions,
  layout: Layout,
  act: (transaction: number) => void,
): Picture {
  const { width, height } = layout;
  const items = transactions.map((transaction, place) =>
    boxOf(context, transaction, layout.boxes[place]!, { place, act: () => act(place) }),
  );
  const arrows = dependencies.map((dependency, i) => arrowOf(dependency, layout.arrows[i]!));
  const drawing = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}` },
    ...items.map(({ element }) => element),
    ...arrows,
  );
  return { drawing, items, arrows };
}

function boxOf(
  context: Context,
  { operation, name, process, outcome, says }: DrawnTransaction,
  { x, y, width, height, lines }: Box,
  { place, act }: { readonly place: number; readonly act: () => void },
): Item {
  const told = operation === -1 ? says : describe(context, operation).slice(1);
  const sign = outcomeSigns[outcomeNames.indexOf(outcome)];
  const letters = Math.floor((width - 20) / 7.3);
  return item(
    context.tooltip,
    {
      key: `transaction-${place}`,
      at: place,
      names: ['transaction', outcome],
      lines: [`${name}: ${says.join(' · ')}`, ...told],
      act,
      pressed: false,
    },
    svg('rect', { x, y, width, height, rx: 6, class: 'box' }),
    svg(
      'text',
      { x: x + 10, y: y + headHeight / 2 + 1, class: 'head' },
      `${name} ${sign} client ${process}`,
    ),
    ...lines.map(({ text, micro }, i) =>
      svg(
        'text',
        {
          x: x + 10,
          y: y + headHeight + i * lineHeight + lineHeight / 2,
          class: 'micro',
          'data-micro': micro,
        },
        text.length > letters ? `${text.slice(0, letters - 1)}…` : text,
      ),
    ),
  );
}

const arrowOf = (
  dependency: DrawnDependency,
  { points, label, labelWidth }: Arrow,
): SVGGElement => {
  const way = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return svg(
    'g',
    { class: `dependency ${dependency.because}`, 'aria-hidden': 'true' },
    svg('polyline', { points: way, class: 'reach' }),
    svg('polyline', { points: way, class: 'way' }),
    svg('path', { d: headAt(points.at(-2)!, points.at(-1)!), class: 'tip' }),
    svg('rect', {
      x: label.x - labelWidth / 2,
      y: label.y - labelHeight / 2,
      width: labelWidth,
      height: labelHeight,
      rx: labelHeight / 2,
    }),
    svg('text', { x: label.x, y: label.y, 'text-anchor': 'middle' }, labelOf(dependency)),
  );
};

/** A triangle at the end of a line. */
function headAt(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const point = (side: number) =>
    `${to.x - 10 * dx - side * 4.5 * dy} ${to.y - 10 * dy + side * 4.5 * dx}`;
  return `M${to.x} ${to.y}L${point(1)}L${point(-1)}Z`;
}
