/** Messages as arrows, in the colour of their kind; one that never arrived is dashed and ends in a cross. */
import type { DrawnMessage, SpaceTime } from '../../space-time/model.ts';
import { svg } from '../dom.ts';
import type { Tooltip } from '../tooltip.ts';
import { item } from '../item.ts';
import type { Item } from '../item.ts';
import { spotsAlong } from './labels.ts';
import type { Spot } from './labels.ts';
import type { Arrow, Layout } from './layout.ts';
import { tellMessage } from './tell.ts';

/** Kinds beyond these share a colour. */
const colours = 6;

/** Routine has none of its own. */
export const colourOf = ({ kinds }: SpaceTime, kind: number): string =>
  `kind-${kinds[kind]!.routine ? colours : Math.min(kind, colours)}`;

/** One for each message of a kind that is shown. */
export function arrows(tooltip: Tooltip, diagram: SpaceTime, layout: Layout): Item[] {
  return layout.arrows.flatMap((arrow, i) => {
    if (arrow === undefined) return [];
    const message = diagram.messages[i]!;
    const { x1, y1, x2, y2, end } = arrow;
    const ends = { x1, y1, x2, y2 };
    return [
      item(
        tooltip,
        {
          key: `message-${i}`,
          at: y1,
          names: ['message', end, colourOf(diagram, message.kind)],
          lines: tellMessage(diagram, message),
        },
        svg('line', { ...ends, class: 'reach' }),
        svg('line', { ...ends, class: 'way' }),
        svg('path', { d: headOf(arrow), class: 'head' }),
      ),
    ];
  });
}

/** For each arrow the spots that its words could stand at; the words are shorter where there is less room. */
export function arrowSpots(diagram: SpaceTime, layout: Layout): (readonly Spot[])[] {
  return layout.arrows.map((arrow, i) =>
    arrow === undefined ? [] : spotsAlong(arrow, wordsOf(diagram, diagram.messages[i]!)),
  );
}

function wordsOf({ kinds }: SpaceTime, { kind, text }: DrawnMessage): string[] {
  const name = kinds[kind]!.name;
  return text === '' ? [name] : [`${name} ${text}`, name];
}

/** A triangle at the receiver, a cross where the message was lost, nothing where it leaves what is drawn. */
function headOf({ x1, y1, x2, y2, end }: Arrow): string {
  if (end === 'leaves') return '';
  if (end === 'lost') return `M${x2 - 4.5} ${y2 - 4.5}l9 9M${x2 - 4.5} ${y2 + 4.5}l9 -9`;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [backX, backY] = [x2 - 8 * dx, y2 - 8 * dy];
  const point = (side: number) => `${backX - side * 3.4 * dy} ${backY + side * 3.4 * dx}`;
  return `M${x2} ${y2}L${point(1)}L${point(-1)}Z`;
}
