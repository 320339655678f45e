/** The chosen operation in full, with the findings that name it. It stays in sight wherever the reader scrolls. */
import { chooseFinding } from './context.ts';
import type { Context } from './context.ts';
import { el, fill } from './dom.ts';
import { duration, moment } from './format.ts';
import { outcomeNames, outcomeSigns, says } from './operations.ts';
import { around, within } from './window.ts';

export function inspector(context: Context): HTMLElement {
  const panel = el('aside', {
    class: 'inspector',
    'aria-label': 'Chosen operation',
    'aria-live': 'polite',
  });
  panel.hidden = true;
  context.store.follow((now, before) => {
    if (now.operation === before.operation && now.finding === before.finding) return;
    panel.hidden = now.operation === undefined;
    if (now.operation !== undefined) fill(panel, ...contentOf(context, now.operation));
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') context.store.set({ operation: undefined });
  });
  return panel;
}

function contentOf(context: Context, place: number): Element[] {
  const { operations, store } = context;
  const outcome = operations.outcome[place] as 0 | 1 | 2;
  const close = () => store.set({ operation: undefined });
  return [
    el(
      'header',
      {},
      el(
        'span',
        { class: `outcome ${outcomeNames[outcome]}` },
        `${outcomeSigns[outcome]} ${outcomeNames[outcome]}`,
      ),
      el('strong', {}, says(operations, place)),
      el('button', { type: 'button', class: 'close', 'aria-label': 'Close', click: close }, '×'),
    ),
    el(
      'dl',
      { class: 'facts' },
      ...factsOf(context, place).flatMap(([name, value]) =>
        value === '' ? [] : [el('dt', {}, name), el('dd', {}, value)],
      ),
    ),
    namedBy(context, place),
    el('button', { type: 'button', click: () => look(context, place) }, 'Zoom to it'),
  ];
}

function factsOf({ operations, report }: Context, place: number): [string, string][] {
  const { text, callUs, endUs, process, invokeIndex, completeIndex, isOpen } = operations;
  const [startUs, untilUs] = [callUs[place]!, endUs[place]!];
  const done = completeIndex[place]!;
  const entries = [invokeIndex[place]!, ...(done < 0 ? [] : [done])];
  // The file's first line is its header.
  const lines = entries.map((entry) => entry + 2).join(' and ');
  const inFile = report.source === 'run' ? `: line ${lines} of history.jsonl` : '';
  const lasted = isOpen(place) ? 'without an end' : `for ${duration(untilUs - startUs)}`;
  const faults = report.faults.filter(
    (fault) => fault.outcome !== 'skipped' && fault.startUs <= untilUs && fault.endUs >= startUs,
  );
  return [
    ['client', `${process[place]}${text(place, 'nodes') && `, at node ${text(place, 'nodes')}`}`],
    ['key', text(place, 'keys')],
    ['at', `${moment(startUs, 1)}, ${lasted}`],
    ['under', faults.map((fault) => `${fault.family}: ${fault.label}`).join('; ')],
    ['entries', `${entries.join(' and ')}${inFile}`],
  ];
}

function namedBy(context: Context, place: number): Element {
  const { report, findingsOf, store } = context;
  const named = findingsOf.get(place) ?? [];
  if (named.length === 0) return el('p', { class: 'hint' }, 'No finding names it.');
  return el(
    'div',
    { class: 'named-by' },
    el(
      'span',
      { class: 'hint' },
      named.length === 1 ? 'Named by this finding:' : 'Named by these findings:',
    ),
    ...named.map((i) =>
      el(
        'button',
        {
          type: 'button',
          'aria-pressed': String(store.get().finding === i),
          click: () => {
            if (store.get().finding !== i) chooseFinding(context, i);
            document.querySelector('#evidence')?.scrollIntoView({ block: 'nearest' });
          },
        },
        report.findings[i]!.summary,
      ),
    ),
  );
}

function look({ operations, report, store }: Context, place: number): void {
  const window = around([{ startUs: operations.callUs[place]!, endUs: operations.endUs[place]! }])!;
  const half = (window.endUs - window.startUs) * 3;
  store.set({
    window: within({ startUs: window.startUs - half, endUs: window.endUs + half }, report.range),
  });
  document.querySelector('.timeline')?.scrollIntoView({ block: 'nearest' });
}
