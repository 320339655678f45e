/** The diagram as a drawing, from back to front: ground, bars, arrows, events, and last the words that have room. */
import type { SpaceTime } from '../../space-time/model.ts';
import type { Context } from '../context.ts';
import { svg } from '../dom.ts';
import { arrowSpots, arrows, colourOf } from './arrows.ts';
import { callBars, callLinks } from './call-bars.ts';
import { eventSpots, events } from './events.ts';
import { axis, breaks, faultStrips, lifelines, outages } from './ground.ts';
import type { Item } from '../item.ts';
import { placeLabels } from './labels.ts';
import type { Spot } from './labels.ts';
import type { Layout } from './layout.ts';

export interface Picture {
  readonly drawing: SVGSVGElement;
  /** From top to bottom. */
  readonly items: readonly Item[];
}

export function picture(context: Context, diagram: SpaceTime, layout: Layout): Picture {
  const { tooltip, report } = context;
  const strips = faultStrips(tooltip, report, diagram, layout);
  const down = outages(tooltip, diagram, layout);
  const sent = arrows(tooltip, diagram, layout);
  const said = events(tooltip, diagram, layout);
  const bars = callBars(context, layout);
  const items = [...strips, ...down, ...sent, ...said, ...bars];
  const elements = (some: readonly Item[]) => some.map(({ element }) => element);
  const { width, height } = layout;
  const drawing = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}` },
    outageHatching(),
    ...elements(strips),
    ...axis(layout),
    ...lifelines(layout),
    ...breaks(layout),
    ...elements(down),
    ...callLinks(layout),
    ...elements(sent),
    ...words(diagram, layout),
    ...elements(said),
    ...elements(bars),
  );
  return { drawing, items: items.toSorted((a, b) => a.at - b.at) };
}

/** Of what the finding rests on first, then of what was lost, then as they come. */
function words(diagram: SpaceTime, layout: Layout): SVGElement[] {
  const all = [
    ...eventSpots(diagram, layout).map((spots, i) => ({
      spots,
      names: diagram.events[i]!.evidence ? 'of-event evident' : 'of-event',
      rank: diagram.events[i]!.evidence ? 0 : 1,
    })),
    ...arrowSpots(diagram, layout).map((spots, i) => ({
      spots,
      names: colourOf(diagram, diagram.messages[i]!.kind),
      rank: layout.arrows[i]?.end === 'lost' ? 2 : 3,
    })),
  ].toSorted((a, b) => a.rank - b.rank);
  const lines = layout.arrows.filter((arrow) => arrow !== undefined);
  return placeLabels(
    all.map(({ spots }) => spots),
    lines,
  ).flatMap((spot, i) => (spot === undefined ? [] : [wordsAt(spot, all[i]!.names)]));
}

const wordsAt = ({ text, x, y, turn }: Spot, names: string): SVGElement =>
  svg(
    'text',
    {
      class: `words ${names}`,
      'aria-hidden': 'true',
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(2)})`,
    },
    text,
  );

const outageHatching = (): SVGElement =>
  svg(
    'defs',
    {},
    svg(
      'pattern',
      {
        id: 'outage-hatch',
        width: 5,
        height: 5,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      svg('rect', { width: 5, height: 5, class: 'outage-ground' }),
      svg('rect', { width: 1.6, height: 5, class: 'outage-line' }),
    ),
  );
