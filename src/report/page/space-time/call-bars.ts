/** The operations that are the evidence, as bars beside the clients' line, drawn as in the counterexample. */
import { chooseOperation } from '../context.ts';
import type { Context } from '../context.ts';
import { svg } from '../dom.ts';
import type { CallBar } from './bars.ts';
import { item } from '../item.ts';
import type { Item } from '../item.ts';
import { cut } from '../cut.ts';
import type { Layout } from './layout.ts';
import { tellCall } from './tell.ts';

export function callBars(context: Context, layout: Layout): Item[] {
  const { operation } = context.store.get();
  return layout.bars.map((bar) => {
    const { call, x, y, width } = bar;
    const selected = call.operation === operation;
    const says = cut(call.part === 'blocked' ? `✕ ${call.says}` : call.says, width - 14);
    const who = cut(`client ${call.client}`, width - 14);
    return item(
      context.tooltip,
      {
        key: `operation-${call.operation}`,
        at: y,
        names: ['bar', call.outcome, call.part, selected && 'selected'],
        lines: tellCall(call),
        act: () => chooseOperation(context, call.operation),
        pressed: selected,
      },
      svg('path', { d: outline(bar), class: 'box' }),
      svg('text', { x: x + 7, y: y + 14 }, says),
      ...(bar.height >= 34 ? [svg('text', { x: x + 7, y: y + 27, class: 'who' }, who)] : []),
    );
  });
}

/** From a bar's begin and end to the clients' line, so that the eye finds the messages that go with it. */
export const callLinks = ({ bars, xs }: Layout): SVGElement[] =>
  bars.flatMap(({ x, y, width, height, openAbove, openBelow }) =>
    [openAbove ? [] : [y], openBelow ? [] : [y + height]]
      .flat()
      .map((at) => svg('line', { x1: x + width, x2: xs[0]!, y1: at, y2: at, class: 'call-link' })),
  );

/** An edge beyond which it goes on is torn. */
function outline({ x, y, width, height, openAbove, openBelow }: CallBar): string {
  const [right, bottom] = [x + width, y + height];
  const teeth = (from: number, step: number, level: number) =>
    [1, 2, 3, 4].map((i) => `L${from + i * step} ${level - (i % 2 === 1 ? 5 : 0)}`).join('');
  const above = openAbove ? teeth(x, width / 4, y) : `H${right}`;
  const below = openBelow ? teeth(right, -width / 4, bottom) : `H${x}`;
  return `M${x} ${y}${above}V${bottom}${below}Z`;
}
