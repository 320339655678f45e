/**
 * What nodes said of themselves, on their lines: a filled diamond where one says that it leads, a hollow one where it
 * stepped down, a dot for the rest, as in the timeline; a ring around what the finding rests on.
 */
import type { DrawnEvent, SpaceTime } from '../../space-time/model.ts';
import { svg } from '../dom.ts';
import type { Tooltip } from '../tooltip.ts';
import { item } from '../item.ts';
import type { Item } from '../item.ts';
import { spotsBeside } from './labels.ts';
import type { Spot } from './labels.ts';
import type { Layout } from './layout.ts';
import { tellEvent } from './tell.ts';

export function events(tooltip: Tooltip, diagram: SpaceTime, layout: Layout): Item[] {
  return diagram.events.map((event, i) => {
    const [x, y] = placeOf(event, layout);
    return item(
      tooltip,
      {
        key: `event-${i}`,
        at: y,
        names: ['event', event.evidence && 'evident'],
        lines: tellEvent(event),
      },
      ...(event.evidence ? [svg('circle', { cx: x, cy: y, r: 9, class: 'ring' })] : []),
      svg('circle', { cx: x, cy: y, r: 9, class: 'reach' }),
      signOf(event.event, x, y),
    );
  });
}

const wordsWidthMax = 230;

/** For each event the spots that its words could stand at, right of its line. */
export function eventSpots(diagram: SpaceTime, layout: Layout): (readonly Spot[])[] {
  const { width } = layout;
  return diagram.events.map((event) => {
    const [x, y] = placeOf(event, layout);
    const room = Math.min(wordsWidthMax, width - x - 20);
    const whole = event.says === '' ? event.event : `${event.event} ${event.says}`;
    return spotsBeside(x + (event.evidence ? 13 : 9), y, [whole, event.event], room);
  });
}

const placeOf = ({ lifeline, timeUs }: DrawnEvent, { xs, y }: Layout): [number, number] => [
  xs[lifeline]!,
  y(timeUs),
];

/** A diamond or a dot. */
export function signOf(event: string, x: number, y: number): SVGElement {
  if (!event.startsWith('leader-')) return svg('circle', { cx: x, cy: y, r: 3.5, class: 'dot' });
  const hollow = event === 'leader-stepped-down';
  return svg('path', {
    d: `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`,
    class: hollow ? 'diamond hollow' : 'diamond',
  });
}
