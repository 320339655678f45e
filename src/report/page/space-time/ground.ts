/** What a diagram stands on: its axis, its lines, where time is shortened, the faults in force and the nodes that were down. */
import type { Report } from '../../model.ts';
import type { SpaceTime } from '../../space-time/model.ts';
import { svg } from '../dom.ts';
import { duration, moment } from '../format.ts';
import type { Tooltip } from '../tooltip.ts';
import { item } from '../item.ts';
import type { Item } from '../item.ts';
import { cut } from '../cut.ts';
import { axisWidth, stripWidth } from './layout.ts';
import type { Layout } from './layout.ts';
import { ticksOf } from './scale.ts';
import type { Break } from './scale.ts';
import { tellFault, tellOutage } from './tell.ts';

const tickApart = 46;

export function axis({ scale, top, width }: Layout): SVGElement[] {
  const ticks = ticksOf(scale, tickApart);
  const stepUs = ticks.every(({ us }) => us % 100 === 0) ? 100 : 1;
  return ticks.flatMap(({ us, y }) => [
    svg('line', { x1: axisWidth - 4, x2: width, y1: top + y, y2: top + y, class: 'tick' }),
    svg('text', { x: axisWidth - 10, y: top + y, class: 'time' }, moment(us, stepUs)),
  ]);
}

/** Drawn where time is as long as it looks; what is between is dotted. */
export function lifelines({ xs, top, bottom, scale }: Layout): SVGElement[] {
  const gaps = scale.breaks.filter(({ leftOut }) => !leftOut).map((each) => dottedPart(top, each));
  const starts = [top - 8, ...gaps.map(({ y2 }) => y2)];
  const ends = [...gaps.map(({ y1 }) => y1), bottom + 8];
  return xs.map((x, i) =>
    svg('path', {
      d: starts.map((y, part) => `M${x} ${y}V${ends[part]}`).join(''),
      class: i === 0 ? 'lifeline of-clients' : 'lifeline',
    }),
  );
}

/** Lines are dotted where time is shortened; where something is left out there is a band across. */
export const breaks = (layout: Layout): SVGElement[] =>
  layout.scale.breaks.map((each) =>
    each.leftOut ? leftOutBand(layout, each) : shortening(layout, each),
  );

function leftOutBand({ top, width }: Layout, { top: from, bottom, lengthUs }: Break): SVGElement {
  const [y, height] = [top + from, bottom - from];
  return svg(
    'g',
    { class: 'break' },
    svg('rect', { x: 0, y: y + 5, width, height: height - 10 }),
    svg('text', { x: axisWidth - 10, y: y + height / 2, class: 'time' }, duration(lengthUs)),
    svg(
      'text',
      { x: axisWidth + 4, y: y + height / 2, class: 'left-out' },
      'left out: not near any of the evidence',
    ),
  );
}

function shortening({ top, xs }: Layout, each: Break): SVGElement {
  const part = dottedPart(top, each);
  const words = `⋮ ${duration(each.lengthUs)}`;
  return svg(
    'g',
    { class: 'break' },
    ...xs.map((x) => svg('line', { x1: x, x2: x, ...part, class: 'dots' })),
    svg('text', { x: axisWidth - 10, y: (part.y1 + part.y2) / 2, class: 'time' }, words),
  );
}

/** The middle of a break. */
function dottedPart(top: number, each: Break): { y1: number; y2: number } {
  const middle = top + (each.top + each.bottom) / 2;
  const half = Math.min(11, (each.bottom - each.top) / 2 - 2);
  return { y1: middle - half, y2: middle + half };
}

/** A strip for each fault as long as it was in force, and a line across where it began or ended. */
export function faultStrips(
  tooltip: Tooltip,
  report: Report,
  diagram: SpaceTime,
  layout: Layout,
): Item[] {
  const { y, stripsLeft, width } = layout;
  const { startUs, endUs } = whole(diagram);
  return diagram.faults.map((place, i) => {
    const fault = report.faults[place]!;
    const [top, bottom] = [y(Math.max(fault.startUs, startUs)), y(Math.min(fault.endUs, endUs))];
    const [x, height] = [stripsLeft + i * stripWidth, Math.max(3, bottom - top)];
    const edges = [
      ...(fault.startUs >= startUs ? [top] : []),
      ...(fault.endUs <= endUs ? [bottom] : []),
    ];
    const text = cut(`${fault.family}: ${fault.label}`, height - 12);
    return item(
      tooltip,
      { key: `fault-${i}`, at: top, names: ['fault', fault.outcome], lines: tellFault(fault) },
      svg('rect', { x, y: top, width: width - x, height, class: 'tint' }),
      ...edges.map((at) => svg('line', { x1: x, x2: width, y1: at, y2: at, class: 'edge' })),
      svg('rect', { x: x + 0.5, y: top, width: stripWidth - 5, height, rx: 3, class: 'strip' }),
      svg('text', { transform: `translate(${x + 7.5} ${top + 8}) rotate(90)` }, text),
    );
  });
}

/** A hatched stretch of a node's line while it is down, with what is the matter where there is room. */
export const outages = (tooltip: Tooltip, diagram: SpaceTime, layout: Layout): Item[] =>
  diagram.outages.map((outage, i) => {
    const { startUs, endUs } = whole(diagram);
    const x = layout.xs[diagram.lifelines.indexOf(outage.node)]!;
    const top = layout.y(Math.max(outage.startUs, startUs));
    const height = Math.max(4, layout.y(Math.min(outage.endUs, endUs)) - top);
    return item(
      tooltip,
      { key: `outage-${i}`, at: top, names: ['outage'], lines: tellOutage(outage) },
      svg('rect', { x: x - 9, y: top, width: 18, height, rx: 3 }),
      ...(height > 34
        ? [svg('text', { transform: `translate(${x} ${top + 8}) rotate(90)` }, outage.how)]
        : []),
    );
  });

const whole = ({ segments }: SpaceTime) => ({
  startUs: segments[0]!.startUs,
  endUs: segments.at(-1)!.endUs,
});
