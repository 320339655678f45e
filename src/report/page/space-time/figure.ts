/**
 * The messages around a finding as a space-time diagram: scrolled, made higher and lower, and walked through by keys.
 * It is drawn anew whenever its width, what it shows or the chosen operation changes; where one was is where one stays.
 */
import type { ReportFinding } from '../../model.ts';
import { eventsMax, messagesMax, routineMax } from '../../space-time/limits.ts';
import type { SpaceTime } from '../../space-time/model.ts';
import type { Context } from '../context.ts';
import { el, fill } from '../dom.ts';
import { counted } from '../format.ts';
import { callsOf } from './calls.ts';
import type { Call } from './calls.ts';
import { header } from './header.ts';
import type { Item } from '../item.ts';
import { layOut } from './layout.ts';
import type { Layout } from './layout.ts';
import { picture } from './picture.ts';
import { kindChoice, legend, zoomButtons } from './tools.ts';
import { walk } from '../walk.ts';

/** Undefined for a finding without messages. */
export function spaceTimeFigure(context: Context, finding: ReportFinding): HTMLElement | undefined {
  const { spaceTime: diagram } = finding;
  if (diagram === undefined) return undefined;
  const calls = callsOf(context, finding);
  const names = el('div', { class: 'names', 'aria-hidden': 'true' });
  const canvas = el('div', { class: 'canvas' });
  const scroller = el(
    'div',
    { class: 'space-time-view', role: 'group', 'aria-label': labelOf(diagram) },
    names,
    canvas,
  );
  const shown = new Set(shownAtFirst(diagram));
  const state = { zoom: 1, layout: undefined as Layout | undefined };
  const zoomBy = (factor: number) => zoomTo(state.zoom * factor);
  const keys = walk(scroller, {
    '+': () => zoomBy(1.5),
    '=': () => zoomBy(1.5),
    '-': () => zoomBy(1 / 1.5),
    '0': () => zoomTo(1),
  });
  const draw = () => {
    const isShown = (kind: number) => shown.has(kind);
    const width = scroller.clientWidth - 2;
    const layout = layOut(diagram, calls, { widthMin: width, zoom: state.zoom, isShown });
    const middle = scroller.scrollTop + scroller.clientHeight / 2;
    const middleUs = state.layout?.scale.us(middle - state.layout.top);
    const hadFocus = keys.hasFocus();
    const { drawing, items } = picture(context, diagram, layout);
    fill(names, header(diagram, layout));
    fill(canvas, drawing);
    keys.follow(items, firstOf(items, calls, diagram), hadFocus);
    const first = state.layout === undefined && width > 0;
    if (width > 0) state.layout = layout;
    if (first) toEvidence();
    else if (middleUs !== undefined) lookAt(middleUs);
  };
  const lookAt = (us: number) => {
    scroller.scrollTop = (state.layout?.y(us) ?? 0) - scroller.clientHeight / 2;
  };
  const toEvidence = () => lookAt(evidenceUs(calls, diagram));
  const zoomTo = (zoom: number) => {
    state.zoom = Math.min(6, Math.max(0.4, zoom));
    draw();
  };
  const choose = (kind: number, isShown: boolean) => {
    if (isShown) shown.add(kind);
    else shown.delete(kind);
    draw();
  };
  new ResizeObserver(draw).observe(scroller);
  context.store.follow((now, before) => {
    if (now.operation !== before.operation && scroller.isConnected) draw();
  });
  return el(
    'figure',
    { class: 'space-time' },
    el(
      'figcaption',
      {},
      el('h3', {}, 'Messages around it'),
      zoomButtons({ zoomBy, toEvidence }),
      el('p', { class: 'hint' }, caption),
    ),
    kindChoice(diagram, (kind) => shown.has(kind), choose),
    scroller,
    legend(diagram),
    ...remarks(diagram, calls).map((remark) => el('p', { class: 'hint' }, remark)),
  );
}

const caption =
  'Time goes down, in order but not to scale: where nothing happens it is shortened. Point at anything to read it · keys ↑ ↓ go from one to the next, + − 0 change the height';

const labelOf = ({ messages, lifelines }: SpaceTime): string =>
  `Space-time diagram: ${counted(messages.length, 'message')} between clients and ${counted(lifelines.length - 1, 'node')}, in the order of time. Arrow keys go from one to the next.`;

/** Routine is hidden at first, unless there is nothing else. */
function shownAtFirst({ kinds }: SpaceTime): number[] {
  const telling = kinds.flatMap(({ routine }, kind) => (routine ? [] : [kind]));
  return telling.length > 0 ? telling : [...kinds.keys()];
}

/** The moment that one came to see: what cannot take effect, else the last that the finding rests on. */
function evidenceUs(calls: readonly Call[], { events, segments }: SpaceTime): number {
  const blocked = calls.find(({ part }) => part === 'blocked');
  const last = events.findLast(({ evidence }) => evidence);
  return blocked?.callUs ?? last?.timeUs ?? calls[0]?.callUs ?? segments[0]!.startUs;
}

function firstOf(items: readonly Item[], calls: readonly Call[], diagram: SpaceTime) {
  const blocked = calls.find(({ part }) => part === 'blocked');
  const event = diagram.events.findLastIndex(({ evidence }) => evidence);
  const wanted = blocked === undefined ? `event-${event}` : `operation-${blocked.operation}`;
  return items.find(({ key }) => key === wanted) ?? items[0];
}

function remarks(diagram: SpaceTime, calls: readonly Call[]): string[] {
  const { messagesLeftOut, eventsLeftOut, segments } = diagram;
  const whole = { startUs: segments[0]!.startUs, endUs: segments.at(-1)!.endUs };
  const outside = calls.filter(
    ({ callUs, endUs }) => callUs > whole.endUs || endUs < whole.startUs,
  );
  return [
    ...(messagesLeftOut > 0
      ? [
          `${counted(messagesLeftOut, 'message')} of this time left out: drawn are those nearest to the evidence, at most ${messagesMax} and ${routineMax} of routine. All that are known stand in messages.jsonl.`,
        ]
      : []),
    ...(eventsLeftOut > 0
      ? [`${counted(eventsLeftOut, 'trace event')} left out: at most ${eventsMax} are drawn.`]
      : []),
    ...(outside.length > 0
      ? [
          `${counted(outside.length, 'operation')} of the evidence not drawn: no messages are known of then.`,
        ]
      : []),
  ];
}
