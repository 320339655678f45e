/**
 * Why a history is not linearizable, drawn: the operations that contradict each other, and the ways in which they could
 * have taken effect, each up to where no other can follow. Choose a way to see its order; choose an operation to see it
 * in the timeline.
 */
import type { DrawnCounterexample } from '../model.ts';
import { chooseOperation, describe } from './context.ts';
import type { Context } from './context.ts';
import { barHeight, layOut, rowHeight } from './counterexample-layout.ts';
import type { Layout } from './counterexample-layout.ts';
import { el, fill, svg } from './dom.ts';
import { counted } from './format.ts';

const left = 84;
const top = 26;

export function counterexample(context: Context, found: DrawnCounterexample): HTMLElement {
  const drawing = el('div', {
    class: 'drawing',
    tabindex: 0,
    role: 'group',
    'aria-label': 'Operations by process, in the order of their calls and returns',
  });
  const steps = el('ol', { class: 'steps' });
  let chosen = 0;
  let drawn = false;
  const draw = () => {
    const layout = layOut(found, Math.max(0, drawing.clientWidth - left - 20));
    fill(drawing, picture(context, found, layout, chosen));
    fill(steps, ...stepItems(found, chosen));
    const bar = layout.bars[found.blocked];
    if (!drawn && bar !== undefined && drawing.clientWidth > 0) {
      // What cannot take effect is what one came to see; it may be further right than the page is wide.
      drawing.scrollLeft = left + bar.x + bar.width + 20 - drawing.clientWidth;
      drawn = true;
    }
  };
  const choose = (partial: number) => {
    chosen = partial;
    draw();
  };
  new ResizeObserver(draw).observe(drawing);
  context.store.follow((now, before) => {
    if (now.operation !== before.operation && drawing.isConnected) draw();
  });
  const key = found.key === undefined ? '' : `key ${found.key}, `;
  return el(
    'div',
    { class: 'counterexample' },
    el(
      'p',
      { class: 'hint' },
      `${key}model ${found.model}. From left to right is the order of calls and returns, not to scale. Numbers show an order of taking effect; no operation can follow the last of them.`,
    ),
    found.partials.length > 1 ? partialChoice(found, choose) : undefined,
    drawing,
    steps,
    ...remarks(found).map((remark) => el('p', { class: 'hint' }, remark)),
  );
}

function remarks({ operations, smallest, operationsLeftOut }: DrawnCounterexample): string[] {
  const left = operationsLeftOut;
  return [
    ...(operations.some((each) => each.supporting)
      ? [
          'Dotted: no part of the contradiction; shows where a value may have come from, and no time of it taking effect would help.',
        ]
      : []),
    ...(smallest ? [] : ['The budget ended before the smallest contradiction was known.']),
    ...(left > 0 ? [`${counted(left, 'operation')} more in verdict.json.`] : []),
  ];
}

function partialChoice({ partials }: DrawnCounterexample, choose: (i: number) => void): Element {
  const options = partials.map(({ order }, i) =>
    el(
      'label',
      {},
      el('input', { type: 'radio', name: 'partial', checked: i === 0, change: () => choose(i) }),
      el('span', {}, `Order ${i + 1} (${order.length})`),
    ),
  );
  return el(
    'fieldset',
    { class: 'segmented' },
    el('legend', {}, 'Longest possible orders'),
    ...options,
  );
}

function picture(
  context: Context,
  found: DrawnCounterexample,
  layout: Layout,
  chosen: number,
): SVGSVGElement {
  const width = left + layout.width + 20;
  const height = top + layout.height + 6;
  const inOrder = new Set(found.partials[chosen]?.order ?? []);
  return svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}` },
    hatching(),
    ...layout.rows.map((process, row) => rowOf(process, row, width)),
    orderLine(layout, chosen),
    ...layout.bars.map((_, place) =>
      barOf(context, found, { layout, place, dim: !inOrder.has(place) }),
    ),
    ...orderMarks(layout, chosen),
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

function rowOf(process: string, row: number, width: number): SVGGElement {
  const y = top + row * rowHeight + rowHeight / 2;
  return svg(
    'g',
    { class: 'row' },
    svg('line', { x1: left, x2: width, y1: y, y2: y }),
    svg(
      'text',
      { x: left - 12, y, 'text-anchor': 'end', 'dominant-baseline': 'central' },
      `client ${process}`,
    ),
  );
}

interface Drawn {
  readonly layout: Layout;
  readonly place: number;
  readonly dim: boolean;
}

function barOf(context: Context, found: DrawnCounterexample, { layout, place, dim }: Drawn) {
  const { operation, says, outcome, supporting } = found.operations[place]!;
  const bar = layout.bars[place]!;
  const blocked = place === found.blocked;
  const selected = operation !== -1 && operation === context.store.get().operation;
  const act = () => operation !== -1 && chooseOperation(context, operation);
  const names = [
    'bar',
    outcome,
    supporting && 'supporting',
    blocked && 'blocked',
    dim && !blocked && 'dim',
    selected && 'selected',
  ];
  const [x, y] = [left + bar.x, top + bar.y];
  return svg(
    'g',
    {
      class: names.filter(Boolean).join(' '),
      tabindex: 0,
      role: 'button',
      'aria-pressed': selected ? 'true' : 'false',
      'aria-label': `${says}${blocked ? ', cannot take effect' : ''}`,
      click: act,
      keydown: (event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        act();
      },
      pointermove: (event: PointerEvent) =>
        operation !== -1 &&
        context.tooltip.show(describe(context, operation), event.clientX, event.clientY),
      pointerleave: () => context.tooltip.hide(),
    },
    svg('path', { d: outline(x, y, bar.width, bar.open), class: 'box' }),
    svg(
      'text',
      { x: x + 10, y: y + barHeight / 2, 'dominant-baseline': 'central' },
      blocked ? `✕ ${says}` : says,
    ),
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

/** Where each operation of the chosen order takes effect, on the upper edge of its bar. */
const effects = ({ marks }: Layout, chosen: number) =>
  (marks[chosen] ?? []).map(({ x, y }) => ({ x: left + x, y: top + y - barHeight / 2 - 2 }));

/** Joins the effects in their order; behind the bars, whose words must stay readable. */
const orderLine = (layout: Layout, chosen: number): SVGElement =>
  svg('polyline', {
    points: effects(layout, chosen)
      .map(({ x, y }) => `${x},${y}`)
      .join(' '),
    class: 'order',
  });

const orderMarks = (layout: Layout, chosen: number): SVGElement[] =>
  effects(layout, chosen).map(({ x, y }, i) =>
    svg(
      'g',
      { class: 'mark', 'aria-hidden': 'true' },
      svg('circle', { cx: x, cy: y, r: 9 }),
      svg('text', { x, y, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, String(i + 1)),
    ),
  );

/** The same order in words, with the state after each step, and where it ends. */
function stepItems({ operations, partials, blocked }: DrawnCounterexample, chosen: number) {
  const { order, states } = partials[chosen] ?? { order: [], states: [] };
  const last = operations[blocked];
  return [
    ...order.map((place, i) =>
      el(
        'li',
        {},
        `${operations[place]!.says} `,
        el('span', { class: 'then' }, `state ${states[i] ?? '?'}`),
      ),
    ),
    ...(last === undefined
      ? []
      : [
          el(
            'li',
            { class: 'blocked' },
            `${last.says} `,
            el('span', { class: 'then' }, 'cannot take effect here'),
          ),
        ]),
  ];
}
