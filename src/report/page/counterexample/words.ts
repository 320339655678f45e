/** An order in words: its steps with the state after each, and why it goes no further; each leads to its operation. */
import type { DrawnCounterexample } from '../../evidence-model.ts';
import { el } from '../dom.ts';
import { counted } from '../format.ts';

export interface Pointing {
  /** Of an operation's place in the counterexample; undefined when it is no longer pointed at. */
  readonly point: (place: number | undefined) => void;
  readonly act: (place: number) => void;
}

/** One item for each step of the order, then one for each operation that cannot be next. */
export function stepLists(
  found: DrawnCounterexample,
  at: number,
  pointing: Pointing,
): HTMLElement[] {
  const { steps = [], stuck = [] } = found.partials[at] ?? {};
  const says = (place: number) => found.operations[place]!.says;
  return [
    el(
      'ol',
      {},
      ...before(found, steps[0]?.number),
      ...steps.map(({ number, place, state }) =>
        stepItem(place, pointing, {}, `${number}. ${says(place)} `, `state ${state}`),
      ),
    ),
    el(
      'ul',
      {},
      ...stuck.map(({ place, why }, i) =>
        stepItem(place, pointing, { class: i === 0 ? 'blocked' : 'stuck' }, `${says(place)} `, why),
      ),
    ),
  ];
}

/** The state at first, or how many steps stand before the first one shown. */
function before({ initial }: DrawnCounterexample, first = 1): HTMLElement[] {
  if (first > 1) return [el('li', { class: 'initial' }, `… ${counted(first - 1, 'step')} before`)];
  return initial === undefined ? [] : [el('li', { class: 'initial' }, `at first: ${initial}`)];
}

const stepItem = (
  place: number,
  { point, act }: Pointing,
  attributes: { readonly class?: string },
  says: string,
  then: string,
): HTMLElement =>
  el(
    'li',
    { ...attributes, 'data-place': place },
    el(
      'button',
      {
        type: 'button',
        click: () => act(place),
        pointerenter: () => point(place),
        pointerleave: () => point(undefined),
        focus: () => point(place),
        blur: () => point(undefined),
      },
      says,
      el('span', { class: 'then' }, then),
    ),
  );

/** To choose one of the orders; nothing where there is but one. */
export function orderChoice(
  { operations, partials, blocked }: DrawnCounterexample,
  choose: (at: number) => void,
): HTMLElement | undefined {
  if (partials.length <= 1) return undefined;
  const options = partials.map(({ steps, stuck }, at) => {
    const waitsFor = stuck[0]!.place;
    const name = `Order ${at + 1} (${steps.length})`;
    return el(
      'label',
      waitsFor === blocked ? {} : { title: `ends before ${operations[waitsFor]!.says}` },
      el('input', { type: 'radio', name: 'partial', value: at, change: () => choose(at) }),
      el('span', {}, waitsFor === blocked ? name : `${name}, ends earlier`),
    );
  });
  return el(
    'fieldset',
    { class: 'segmented' },
    el('legend', {}, 'Longest possible orders'),
    ...options,
  );
}

/** What the drawing does not say by itself. */
export function remarks({
  operations,
  partials,
  smallest,
  exhaustive,
  operationsLeftOut,
}: DrawnCounterexample): string[] {
  return [
    ...(operations.some((each) => each.supporting)
      ? [
          'Dotted: no part of the contradiction; shows where a value may have come from, and no time of it taking effect would help.',
        ]
      : []),
    ...(smallest ? [] : ['The budget ended before the smallest contradiction was known.']),
    ...(partials.length === 0
      ? ['No order of them is known: the budget ended before any was tried to its end.']
      : exhaustive
        ? []
        : ['The budget ended before all orders had been tried: there may be longer ones.']),
    ...(operationsLeftOut > 0
      ? [
          `${counted(operationsLeftOut, 'operation')} more in the verdict’s data: drawn are the ${operations.length} around the one that cannot return.`,
        ]
      : []),
  ];
}
