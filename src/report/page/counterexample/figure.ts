/**
 * Why a history is not linearizable, drawn: the operations that contradict each other, and the ways in which they could
 * have taken effect, each up to where no other can follow. Point at an operation to see the longest order that has it,
 * choose it to see it in the timeline and the table too.
 */
import type { DrawnCounterexample } from '../../evidence-model.ts';
import { chooseOperation } from '../context.ts';
import type { Context } from '../context.ts';
import { el, fill } from '../dom.ts';
import { walk } from '../walk.ts';
import { axisHeight, layOut, stateHeight } from './layout.ts';
import type { Layout } from './layout.ts';
import { blockedIn, longestWith, partsIn, walkOf } from './orders.ts';
import { names, picture } from './picture.ts';
import type { Picture } from './picture.ts';
import { orderChoice, remarks, stepLists } from './words.ts';

/** Also what keys, words and the rest of the page do with it. */
export function counterexampleFigure(context: Context, found: DrawnCounterexample): HTMLElement {
  const drawing = el('div', { class: 'drawing', role: 'group', 'aria-label': label });
  const steps = el('div', { class: 'steps' });
  const view = viewOf(context, found, { drawing, steps });
  const choice = orderChoice(found, view.choose);
  view.follow((at, chosen) => {
    for (const [i, option] of (choice?.querySelectorAll('label') ?? []).entries()) {
      option.classList.toggle('previewed', i === at && i !== chosen);
      option.querySelector('input')!.checked = i === chosen;
    }
  });
  const key = found.key === undefined ? '' : `key ${found.key}, `;
  return el(
    'div',
    { class: 'counterexample' },
    el('p', { class: 'hint' }, `${key}model ${found.model}. ${caption}`),
    el(
      'div',
      { class: 'order-tools' },
      choice,
      el('button', { type: 'button', class: 'to-end', click: view.toEnd }, 'Where it ends →'),
    ),
    drawing,
    steps,
    ...remarks(found).map((remark) => el('p', { class: 'hint' }, remark)),
  );
}

const label =
  'Operations by client, in the order of their calls and returns. Arrow keys left and right go along the order, up and down to another order, End to where it ends.';

const caption =
  'From left to right is the order of calls and returns, not to scale. Numbers are an order of taking effect, with the state after each below; no operation can follow the last. Point at an operation to see the longest order that has it · keys ← → go along the order, ↑ ↓ to another, End to where it ends';

interface Parts {
  readonly drawing: HTMLElement;
  readonly steps: HTMLElement;
}

/** What is drawn, which order is chosen, and which is shown while an operation is pointed at. */
function viewOf(context: Context, found: DrawnCounterexample, { drawing, steps }: Parts) {
  const state = { chosen: 0, shown: 0, pointed: undefined as number | undefined };
  const drawn: { layout?: Layout; picture?: Picture } = {};
  const followers: ((shown: number, chosen: number) => void)[] = [];
  const at = (place: number) => drawn.picture!.items[place]!;
  const keys = walk(drawing, {
    ArrowUp: () => choose(Math.max(0, state.chosen - 1)),
    ArrowDown: () => choose(Math.min(found.partials.length - 1, state.chosen + 1)),
    End: () => toEnd(),
  });

  function show(order: number): void {
    state.shown = order;
    drawn.picture?.show(order, partsIn(found, order));
    fill(steps, ...stepLists(found, order, { point, act: select }));
    for (const follower of followers) follower(order, state.chosen);
    mark();
  }
  /** What is pointed at and what is chosen, wherever it is drawn. */
  function mark(): void {
    const { operation } = context.store.get();
    for (const [place, { element }] of drawn.picture?.items.entries() ?? []) {
      const selected = operation !== undefined && found.operations[place]!.operation === operation;
      element.classList.toggle('selected', selected);
      element.setAttribute('aria-pressed', String(selected));
      element.classList.toggle('lit', place === state.pointed);
    }
    for (const item of steps.querySelectorAll('[data-place]'))
      item.classList.toggle('lit', item.getAttribute('data-place') === String(state.pointed));
  }
  function point(place: number | undefined): void {
    state.pointed = place;
    const operation = found.operations[place ?? -1]?.operation ?? -1;
    context.store.set({ pointed: operation === -1 ? [] : [operation] });
    mark();
  }
  function preview(place: number | undefined): void {
    const order = place === undefined ? state.chosen : longestWith(found, place, state.chosen);
    if ((order ?? state.chosen) !== state.shown) show(order ?? state.chosen);
    point(place);
  }
  function choose(order: number): void {
    state.chosen = order;
    show(order);
    const walked = walkOf(found, order).map(at);
    keys.follow(walked, walked[0], false);
  }
  function act(place: number): void {
    choose(longestWith(found, place, state.chosen) ?? state.chosen);
    select(place);
  }
  function select(place: number): void {
    const { operation } = found.operations[place]!;
    if (operation !== -1) chooseOperation(context, operation);
  }
  function toEnd(): void {
    show(state.chosen);
    keys.goTo(at(blockedIn(found, state.chosen)).key);
    scrollToEnd();
  }
  function scrollToEnd(): void {
    const bar = drawn.layout?.bars[blockedIn(found, state.chosen)];
    if (bar === undefined) return;
    // A little of what would come after it, were there an order, is seen to be empty.
    drawing.scrollLeft = bar.x + bar.width + namesWidth + 40 - drawing.clientWidth;
  }
  function draw(): void {
    const first = drawn.layout === undefined && drawing.clientWidth > 0;
    const hadFocus = keys.hasFocus();
    const layout = layOut(found, Math.max(0, drawing.clientWidth - namesWidth - 30));
    drawn.picture = picture(context, found, layout, act);
    if (drawing.clientWidth > 0) drawn.layout = layout;
    for (const [place, { element }] of drawn.picture.items.entries())
      listen(element, place, preview);
    fill(drawing, names(layout, namesWidth), drawn.picture.drawing);
    show(state.chosen);
    const walked = walkOf(found, state.chosen).map(at);
    keys.follow(walked, at(blockedIn(found, state.chosen)), hadFocus);
    if (first) scrollToEnd();
  }

  new ResizeObserver(draw).observe(drawing);
  context.store.follow((now, before) => {
    if (now.operation !== before.operation && drawing.isConnected) mark();
  });
  drawing.style.minHeight = `${axisHeight + stateHeight}px`;
  return {
    choose,
    toEnd,
    follow: (follower: (shown: number, chosen: number) => void) => void followers.push(follower),
  };
}

const namesWidth = 84;

function listen(
  element: SVGElement,
  place: number,
  preview: (place: number | undefined) => void,
): void {
  element.addEventListener('pointerenter', () => preview(place));
  element.addEventListener('pointerleave', () => preview(undefined));
  element.addEventListener('focus', () => element.matches(':focus-visible') && preview(place));
  element.addEventListener('blur', () => preview(undefined));
}
