/**
 * One order drawn: a line through the operations with a number where each takes effect, the state after it below, and a
 * wall at the return that it cannot pass.
 */
import type { DrawnCounterexample } from '../../evidence-model.ts';
import { cut } from '../cut.ts';
import { svg } from '../dom.ts';
import type { Point } from '../point.ts';
import { axisHeight, barHeight, stateHeight } from './layout.ts';
import type { Path } from './layout.ts';

interface DrawnPath {
  /** Its line, behind the bars, whose words must stay readable. */
  readonly behind: SVGGElement;
  readonly before: SVGGElement;
}

/** `height`: of the rows. */
export function pathOf(
  { partials, initial }: DrawnCounterexample,
  { marks, end }: Path,
  at: number,
  height: number,
): DrawnPath {
  const { steps } = partials[at]!;
  const effects = marks.map(({ x, y }) => ({ x, y: axisHeight + y - barHeight / 2 - 2 }));
  const wall = { x: end.x, y: axisHeight + end.y };
  const states = [
    ...(initial !== undefined && (steps[0]?.number ?? 1) === 1 ? [{ x: 0, state: initial }] : []),
    ...steps.map(({ state }, i) => ({ x: effects[i]!.x, state })),
  ];
  const top = axisHeight + height + 4;
  return {
    behind: svg(
      'g',
      { class: 'path' },
      ...effects.map(({ x, y }) => svg('line', { x1: x, x2: x, y1: y, y2: top, class: 'drop' })),
      line(effects, 'order'),
      line([...effects.slice(-1), wall], 'to-wall'),
    ),
    before: svg(
      'g',
      { class: 'path', 'aria-hidden': 'true' },
      ...states.map((each, i) => {
        const until = states[i + 1]?.x ?? end.x;
        return stateCell({ ...each, until, top, changed: each.state !== states[i - 1]?.state });
      }),
      svg('line', {
        x1: end.x,
        x2: end.x,
        y1: axisHeight - 2,
        y2: top + stateHeight - 8,
        class: 'wall',
      }),
      cross(wall),
      ...effects.map((effect, i) => mark(effect, steps[i]!.number)),
    ),
  };
}

const line = (points: readonly Point[], name: string): SVGElement =>
  svg('polyline', { points: points.map(({ x, y }) => `${x},${y}`).join(' '), class: name });

/** A number in a disc, or in a longer one where it has many digits. */
function mark({ x, y }: Point, number: number): SVGElement {
  const width = Math.max(18, String(number).length * 6.5 + 8);
  return svg(
    'g',
    { class: 'mark' },
    svg('rect', { x: x - width / 2, y: y - 9, width, height: 18, rx: 9 }),
    svg('text', { x, y, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, String(number)),
  );
}

const cross = ({ x, y }: Point): SVGElement =>
  svg(
    'g',
    { class: 'end' },
    svg('circle', { cx: x, cy: y, r: 9 }),
    svg('path', { d: `M${x - 3.5} ${y - 3.5}l7 7M${x - 3.5} ${y + 3.5}l7 -7` }),
  );

interface StateCell {
  readonly state: string;
  readonly x: number;
  readonly until: number;
  readonly top: number;
  /** The state before it is another. */
  readonly changed: boolean;
}

function stateCell({ state, x, until, top, changed }: StateCell): SVGElement {
  const [width, height] = [Math.max(0, until - x), stateHeight - 12];
  const middle = top + height / 2;
  return svg(
    'g',
    { class: changed ? 'state changed' : 'state' },
    svg('title', {}, state),
    svg('rect', { x, y: top, width, height }),
    svg('text', { x: x + 6, y: middle, 'dominant-baseline': 'central' }, cut(state, width - 8)),
  );
}
