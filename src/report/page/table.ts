/**
 * The operations as a table: those in view, those of the chosen finding, or all. Only the rows on screen exist, so that
 * 100,000 of them cost nothing. Arrow keys move the choice.
 */
import { chooseOperation, passes } from './context.ts';
import type { Context } from './context.ts';
import { el, fill } from './dom.ts';
import { counted, duration, moment } from './format.ts';
import { outcomeNames, outcomeSigns } from './operations.ts';
import type { State } from './state.ts';

const rowHeight = 28;
const viewHeight = rowHeight * 12;
const columns = ['entry', 'at', 'client', 'node', 'key', 'operation', 'result', 'latency'];

export function table(context: Context): HTMLElement {
  const { store } = context;
  let rows = rowsOf(context, store.get());
  const title = el('span', { class: 'count', role: 'status' });
  const body = el('div', { class: 'rows', role: 'rowgroup' });
  const scroller = el(
    'div',
    { class: 'scroller', tabindex: 0, role: 'table', 'aria-label': 'Operations' },
    headRow(),
    body,
  );
  scroller.style.maxHeight = `${viewHeight + rowHeight}px`;
  const draw = () => drawRows(context, scroller, body, rows);
  const renew = () => {
    rows = rowsOf(context, store.get());
    fill(title, counted(rows.length, 'operation'));
    body.style.height = `${rows.length * rowHeight}px`;
    scroller.setAttribute('aria-rowcount', String(rows.length));
    bringIntoView(scroller, rows, store.get().operation, draw);
  };
  store.follow((now, before) => {
    const same =
      now.scope === before.scope && now.filter === before.filter && now.finding === before.finding;
    if (!same || (now.scope === 'view' && now.window !== before.window)) later(renew);
    if (now.pointed !== before.pointed) later(draw);
    if (now.operation !== before.operation)
      later(() => bringIntoView(scroller, rows, now.operation, draw));
  });
  scroller.addEventListener('scroll', draw, { passive: true });
  scroller.addEventListener('keydown', (event) => onKey(context, rows, event));
  new ResizeObserver(draw).observe(scroller);
  queueMicrotask(renew);
  return el(
    'div',
    { class: 'table' },
    el('div', { class: 'table-tools' }, scopeChoice(context), title),
    scroller,
  );
}

/** Once a frame, in the order asked: dragging the timeline asks far more often. */
const waiting = new Set<() => void>();
function later(act: () => void): void {
  if (waiting.size === 0)
    requestAnimationFrame(() => {
      const acts = [...waiting];
      waiting.clear();
      for (const each of acts) each();
    });
  waiting.add(act);
}

/** Places of the operations to list, in the order of their invocations. */
function rowsOf(context: Context, { scope, finding, window, filter }: State): readonly number[] {
  const { operations, report } = context;
  if (scope === 'finding' && finding !== undefined)
    return report.findings[finding]!.operations.toSorted((a, b) => a - b);
  const rows: number[] = [];
  for (let place = 0; place < operations.count; place++) {
    const inView =
      scope === 'all' ||
      (operations.callUs[place]! <= window.endUs && operations.endUs[place]! >= window.startUs);
    if (inView && passes(context, filter, place)) rows.push(place);
  }
  return rows;
}

const headRow = () =>
  el(
    'div',
    { class: 'tr head', role: 'row' },
    ...columns.map((name) => el('span', { role: 'columnheader' }, name)),
  );

function drawRows(
  context: Context,
  scroller: Element,
  body: Element,
  rows: readonly number[],
): void {
  const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - 4);
  const last = Math.min(rows.length, first + Math.ceil(viewHeight / rowHeight) + 10);
  const named = namedSet(context);
  const drawn = rows.slice(first, last).map((place, i) => rowOf(context, place, first + i, named));
  fill(body, ...drawn);
}

function namedSet({ report, store }: Context): ReadonlySet<number> {
  const { finding } = store.get();
  return new Set(finding === undefined ? [] : report.findings[finding]!.operations);
}

function rowOf(
  context: Context,
  place: number,
  row: number,
  named: ReadonlySet<number>,
): HTMLElement {
  const { operations, store } = context;
  const { text, callUs, endUs, process, invokeIndex, isOpen } = operations;
  const outcome = operations.outcome[place] as 0 | 1 | 2;
  const { operation, pointed } = store.get();
  const selected = operation === place;
  const names = [
    'tr',
    selected && 'selected',
    named.has(place) && 'named',
    pointed.includes(place) && 'pointed',
  ];
  const cells = [
    String(invokeIndex[place]),
    moment(callUs[place]!, 100),
    String(process[place]),
    text(place, 'nodes'),
    text(place, 'keys'),
    `${text(place, 'functions')} ${text(place, 'inputs')}`,
    resultOf(context, place),
    isOpen(place) ? '–' : duration(endUs[place]! - callUs[place]!),
  ];
  const element = el(
    'div',
    {
      class: names.filter(Boolean).join(' '),
      role: 'row',
      'aria-rowindex': row + 1,
      'aria-selected': String(selected),
      'data-operation': place,
      click: () => chooseOperation(context, place),
    },
    ...cells.map((cell, i) =>
      i === 6
        ? el(
            'span',
            { role: 'cell', title: cell },
            el(
              'span',
              { class: `outcome ${outcomeNames[outcome]}`, title: outcomeNames[outcome] },
              outcomeSigns[outcome],
            ),
            ` ${cell || outcomeNames[outcome]}`,
          )
        : el('span', { role: 'cell', title: cell }, cell),
    ),
  );
  element.style.transform = `translateY(${row * rowHeight}px)`;
  return element;
}

/** A write that was acknowledged has nothing to say but that. */
function resultOf({ operations: { text, outcome } }: Context, place: number): string {
  const result = text(place, 'results');
  return outcome[place] === 0 && result === text(place, 'inputs') ? '' : result;
}

function bringIntoView(
  scroller: Element,
  rows: readonly number[],
  place: number | undefined,
  draw: () => void,
): void {
  const row = place === undefined ? -1 : rows.indexOf(place);
  const top = row * rowHeight;
  const visible = top >= scroller.scrollTop && top + rowHeight <= scroller.scrollTop + viewHeight;
  if (row !== -1 && !visible) scroller.scrollTop = top - viewHeight / 2;
  draw();
}

function onKey(context: Context, rows: readonly number[], event: KeyboardEvent): void {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: 10,
    PageUp: -10,
  };
  const step = steps[event.key];
  if (event.key === 'Escape') context.store.set({ operation: undefined });
  if (step === undefined || rows.length === 0) return;
  event.preventDefault();
  const { operation } = context.store.get();
  const at = operation === undefined ? -1 : rows.indexOf(operation);
  const next = at === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step));
  chooseOperation(context, rows[next]!);
}

const scopes = [
  ['view', 'In view'],
  ['finding', 'Of the finding'],
  ['all', 'Whole run'],
] as const;

function scopeChoice({ store, report }: Context): HTMLElement {
  const inputs = scopes.map(([scope]) =>
    el('input', { type: 'radio', name: 'scope', change: () => store.set({ scope }) }),
  );
  const show = () => {
    const { scope, finding } = store.get();
    for (const [i, [name]] of scopes.entries()) {
      inputs[i]!.checked = name === scope;
      inputs[i]!.disabled =
        name === 'finding' && !report.findings[finding ?? -1]?.operations.length;
    }
  };
  store.follow(show);
  queueMicrotask(show);
  return el(
    'fieldset',
    { class: 'segmented' },
    el('legend', {}, 'Operations'),
    ...scopes.map(([, label], i) => el('label', {}, inputs[i], el('span', {}, label))),
  );
}
