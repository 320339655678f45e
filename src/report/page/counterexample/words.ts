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
export function stepItems(
  { operations, partials, initial }: DrawnCounterexample,
  at: number,
  pointing: Pointing,
): HTMLElement[] {
  const { steps = [], stuck = [] } = partials[at] ?? {};
  const says = (place: number) => operations[place]!.says;
  return [
    ...(initial === undefined
      ? []
      : [el('li', { class: 'initial' }, el('span', { class: 'then' }, `at first: ${initial}`))]),
    ...steps.map(({ number, place, state }) =>
      stepItem(place, pointing, {}, `${number}. ${says(place)} `, `state ${state}`),
    ),
    ...stuck.map(({ place, why }, i) =>
      stepItem(place, pointing, { class: i === 0 ? 'blocked' : 'stuck' }, `${says(place)} `, why),
    ),
  ];
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
  smallest,
  operationsLeftOut,
}: DrawnCounterexample): string[] {
  return [
    ...(operations.some((each) => each.supporting)
      ? [
          'Dotted: no part of the contradiction; shows where a value may have come from, and no time of it taking effect would help.',
        ]
      : []),
    ...(smallest ? [] : ['The budget ended before the smallest contradiction was known.']),
    ...(operationsLeftOut > 0
      ? [
          `${counted(operationsLeftOut, 'operation')} more in the verdict’s data: drawn are the ${operations.length} around the one that cannot return.`,
        ]
      : []),
  ];
}
