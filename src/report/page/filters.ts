/** Which operations the timeline and the table show. */
import type { Context } from './context.ts';
import { el } from './dom.ts';
import { outcomeNames, outcomeSigns } from './operations.ts';
import { noFilter } from './state.ts';
import type { Filter } from './state.ts';

export function filters(context: Context): HTMLElement {
  const { store, operations } = context;
  const change = (filter: Partial<Filter>) =>
    store.set({ filter: { ...store.get().filter, ...filter } });
  const form = el(
    'form',
    {
      class: 'filters',
      'aria-label': 'Filter operations',
      submit: (event: Event) => event.preventDefault(),
    },
    ...outcomeNames.map((name, i) => outcomeBox(context, name, i)),
    choice(context, 'function', operations.functionPlace, (functionPlace) =>
      change({ functionPlace }),
    ),
    choice(context, 'key', operations.keyPlace, (keyPlace) => change({ keyPlace })),
    el('input', {
      type: 'search',
      placeholder: 'value or error',
      'aria-label': 'Operations whose value or error contains',
      input: (event: Event) =>
        change({ text: (event.target as HTMLInputElement).value.toLowerCase() }),
    }),
    el('button', { type: 'reset' }, 'Show all'),
  );
  form.addEventListener('reset', () => store.set({ filter: noFilter }));
  return form;
}

function outcomeBox(
  { store }: Context,
  name: (typeof outcomeNames)[number],
  i: number,
): HTMLElement {
  const change = (event: Event) => {
    const { filter } = store.get();
    const [ok, fail, info] = filter.outcomes;
    const now = [ok, fail, info] as [boolean, boolean, boolean];
    now[i] = (event.target as HTMLInputElement).checked;
    store.set({ filter: { ...filter, outcomes: now } });
  };
  return el(
    'label',
    { class: 'check-box' },
    el('input', { type: 'checkbox', checked: true, change }),
    el('span', { class: `outcome ${name}` }, outcomeSigns[i]),
    ` ${name}`,
  );
}

/** More than this many are no help in a list; the text search finds them. */
const choicesMax = 2000;

function choice(
  { operations }: Context,
  name: string,
  places: Float64Array,
  change: (place: number | undefined) => void,
): HTMLElement | undefined {
  const collator = new Intl.Collator('en', { numeric: true });
  const choices = [...new Set(places)]
    .filter((place) => place !== 0)
    .map((place) => ({ place, text: operations.texts[place] ?? '' }))
    .toSorted((a, b) => collator.compare(a.text, b.text))
    .slice(0, choicesMax);
  if (choices.length < 2) return undefined;
  return el(
    'select',
    {
      'aria-label': `Operations of ${name}`,
      change: (event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        change(value === '' ? undefined : Number(value));
      },
    },
    el('option', { value: '' }, `every ${name}`),
    ...choices.map(({ place, text }) => el('option', { value: place }, `${name} ${text}`)),
  );
}
