/** Beside a diagram: which kinds of messages it shows, how high it is, and what its signs mean. */
import type { SpaceTime } from '../../space-time/model.ts';
import { el, svg } from '../dom.ts';
import { count, counted } from '../format.ts';
import { colourOf } from './arrows.ts';
import { signOf } from './events.ts';

const kindsBesideMax = 14;

/** A box for each kind; those that most networks could hardly be seen for are not checked at first. */
export function kindChoice(
  diagram: SpaceTime,
  isShown: (kind: number) => boolean,
  choose: (kind: number, shown: boolean) => void,
): HTMLElement {
  const boxes = diagram.kinds.map(({ name, count: sent }, kind) =>
    el(
      'label',
      { class: `check-box ${colourOf(diagram, kind)}` },
      el('input', {
        type: 'checkbox',
        checked: isShown(kind),
        change: (event: Event) => choose(kind, (event.target as HTMLInputElement).checked),
      }),
      el('span', { class: 'swatch', 'aria-hidden': 'true' }),
      el('span', { class: 'kind' }, name),
      el('span', { class: 'hint' }, count(sent)),
    ),
  );
  const more = boxes.slice(kindsBesideMax);
  return el(
    'fieldset',
    { class: 'kinds' },
    el('legend', {}, 'Messages'),
    ...boxes.slice(0, kindsBesideMax),
    more.length === 0
      ? undefined
      : el('details', {}, el('summary', {}, counted(more.length, 'more kind')), ...more),
  );
}

export interface Zooming {
  readonly zoomBy: (factor: number) => void;
  readonly toEvidence: () => void;
}

/** Higher, lower, and back to what one came to see. */
export const zoomButtons = ({ zoomBy, toEvidence }: Zooming): HTMLElement =>
  el(
    'div',
    { class: 'zoom' },
    el('button', { type: 'button', 'aria-label': 'Higher', click: () => zoomBy(1.5) }, '+'),
    el('button', { type: 'button', 'aria-label': 'Lower', click: () => zoomBy(1 / 1.5) }, '−'),
    el('button', { type: 'button', click: toEvidence }, 'To the evidence'),
  );

/** Only the signs that occur. */
export function legend(diagram: SpaceTime): HTMLElement {
  const { messages, events, outages, faults } = diagram;
  const has = (event: string) => events.some((each) => each.event === event);
  const entries: readonly [boolean, string, readonly SVGElement[]][] = [
    [true, 'message', [line('way'), svg('path', { d: 'M26 12L18 6V12Z', class: 'head' })]],
    [
      messages.some(({ arrivedUs }) => arrivedUs === null),
      'never arrived',
      [
        svg('line', { x1: 2, y1: 5, x2: 20, y2: 9, class: 'way lost' }),
        svg('path', { d: 'M16 5l8 8M16 13l8 -8', class: 'head lost' }),
      ],
    ],
    [has('leader-elected'), 'leads', [signOf('leader-elected', 14, 9)]],
    [has('leader-stepped-down'), 'stepped down', [signOf('leader-stepped-down', 14, 9)]],
    [
      events.some(({ event }) => !event.startsWith('leader-')),
      'other trace event',
      [signOf('', 14, 9)],
    ],
    [
      events.some(({ evidence }) => evidence),
      'the finding rests on it',
      [svg('circle', { cx: 14, cy: 9, r: 7, class: 'ring' })],
    ],
    [
      outages.length > 0,
      'node is down',
      [svg('rect', { x: 4, y: 2, width: 20, height: 14, rx: 3, class: 'down' })],
    ],
    [
      faults.length > 0,
      'fault in force',
      [svg('rect', { x: 9, y: 1, width: 10, height: 16, rx: 3, class: 'strip' })],
    ],
  ];
  return el(
    'ul',
    { class: 'legend' },
    ...entries
      .filter(([occurs]) => occurs)
      .map(([, says, signs]) =>
        el(
          'li',
          {},
          svg('svg', { width: 28, height: 18, 'aria-hidden': 'true' }, ...signs),
          ` ${says}`,
        ),
      ),
  );
}

const line = (names: string): SVGElement =>
  svg('line', { x1: 2, y1: 5, x2: 22, y2: 11, class: names });
