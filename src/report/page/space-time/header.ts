/** The names over a diagram's lines; they stay in sight while it is scrolled. */
import { shortened } from '../../../core/visible-text.ts';
import type { SpaceTime } from '../../space-time/model.ts';
import { svg } from '../dom.ts';
import { axisWidth } from './layout.ts';
import type { Layout } from './layout.ts';

export const headerHeight = 30;

/** As wide as the diagram under it. */
export function header({ lifelines }: SpaceTime, { width, xs, bars, lanesLeft }: Layout) {
  const middle = headerHeight / 2;
  return svg(
    'svg',
    { width, height: headerHeight, viewBox: `0 0 ${width} ${headerHeight}` },
    svg('text', { x: axisWidth - 10, y: middle, class: 'time' }, 'time'),
    ...(bars.length === 0
      ? []
      : [svg('text', { x: lanesLeft, y: middle, class: 'of-lanes' }, 'operations')]),
    ...xs.map((x, i) => {
      const name = shortened(lifelines[i]!, 13);
      const half = Math.max(20, name.length * 3.8 + 10);
      return svg(
        'g',
        { class: 'name' },
        svg('rect', { x: x - half, y: 4, width: 2 * half, height: headerHeight - 8, rx: 5 }),
        svg('text', { x, y: middle }, name),
      );
    }),
  );
}
