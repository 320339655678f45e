/**
 * An anomaly of isolation, drawn: its transactions and, where it is a cycle, why each must come before the next. Point at
 * an arrow, a sentence or a transaction to see what belongs together, here, in the timeline and in the table.
 */
import type { DependencyName } from '../../../core/isolation.ts';
import type { DrawnTransactions } from '../../evidence-model.ts';
import { chooseOperation } from '../context.ts';
import type { Context } from '../context.ts';
import { el, fill } from '../dom.ts';
import { counted } from '../format.ts';
import { walk } from '../walk.ts';
import { around } from '../window.ts';
import { isOf, layOut } from './layout.ts';
import { picture } from './picture.ts';
import type { Picture } from './picture.ts';

export function transactionsFigure(context: Context, found: DrawnTransactions): HTMLElement {
  const { transactions, dependencies, transactionsLeftOut } = found;
  const drawing = el('div', { class: 'transactions-view', role: 'group', 'aria-label': label });
  const pointing = pointingAt(context, found, drawing);
  return el(
    'figure',
    { class: 'transactions' },
    el(
      'p',
      { class: 'hint' },
      dependencies.length > 0
        ? 'Each transaction must come before the one that its arrow leads to, so none can be first. Point at an arrow, a reason or a transaction to see what belongs to it; choose a transaction to see it in the timeline'
        : 'The transactions that it is about. Choose one to see it in the timeline',
    ),
    drawing,
    pointing.sentences,
    legend(found),
    transactionsLeftOut > 0
      ? el(
          'p',
          { class: 'hint' },
          `${counted(transactionsLeftOut, 'transaction')} more in the verdict’s data: drawn are the first ${transactions.length}.`,
        )
      : undefined,
  );
}

const label =
  'Transactions, and arrows from each to one that must come after it. The reasons are listed below. Arrow keys go from one transaction to the next.';

/** What the pointer and the focus light up together. */
interface Lit {
  readonly transactions: readonly number[];
  readonly dependencies: readonly number[];
}

const nothing: Lit = { transactions: [], dependencies: [] };

function pointingAt(context: Context, found: DrawnTransactions, drawing: HTMLElement) {
  const { transactions, dependencies } = found;
  const keys = walk(drawing, {});
  let drawn: Picture | undefined;
  let lit = nothing;

  const byTransaction = (place: number): Lit => ({
    transactions: [place],
    dependencies: [...dependencies.keys()].filter((i) =>
      [dependencies[i]!.from, dependencies[i]!.to].includes(place),
    ),
  });
  const byDependency = (i: number): Lit => ({
    transactions: [dependencies[i]!.from, dependencies[i]!.to],
    dependencies: [i],
  });
  const operationsOf = ({ transactions: places }: Lit) =>
    places.map((place) => transactions[place]!.operation).filter((place) => place !== -1);

  const sentences = el(
    'ol',
    { class: 'reasons' },
    ...dependencies.map(({ from, to, because, says }, i) =>
      el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            click: () => showTogether(context, operationsOf(byDependency(i))),
            ...pointed(
              () => light(byDependency(i)),
              () => light(nothing),
            ),
          },
          el('span', { class: 'ends' }, `${transactions[from]!.name} → ${transactions[to]!.name}`),
          el('span', { class: `because ${because}` }, because),
          says,
        ),
      ),
    ),
  );

  function light(now: Lit): void {
    lit = now;
    context.store.set({ pointed: operationsOf(now) });
    mark();
  }
  function mark(): void {
    const { operation } = context.store.get();
    for (const [i, each] of [...sentences.children].entries())
      each.classList.toggle('lit', lit.dependencies.includes(i));
    for (const [i, each] of (drawn?.arrows ?? []).entries())
      each.classList.toggle('lit', lit.dependencies.includes(i));
    for (const [place, { element }] of (drawn?.items ?? []).entries()) {
      const selected = operation !== undefined && transactions[place]!.operation === operation;
      element.classList.toggle('selected', selected);
      element.setAttribute('aria-pressed', String(selected));
      element.classList.toggle('lit', lit.transactions.includes(place));
      markMicros(found, element, place, lit);
    }
  }
  function draw(): void {
    const hadFocus = keys.hasFocus();
    const layout = layOut(found, drawing.clientWidth);
    drawn = picture(context, found, layout, (place) => {
      const { operation } = transactions[place]!;
      if (operation !== -1) chooseOperation(context, operation);
    });
    for (const [place, { element }] of drawn.items.entries())
      listen(
        element,
        pointed(
          () => light(byTransaction(place)),
          () => light(nothing),
        ),
      );
    for (const [i, arrow] of drawn.arrows.entries())
      listen(
        arrow,
        pointed(
          () => light(byDependency(i)),
          () => light(nothing),
        ),
      );
    fill(drawing, drawn.drawing);
    keys.follow(drawn.items, drawn.items[0], hadFocus);
    mark();
  }

  new ResizeObserver(draw).observe(drawing);
  context.store.follow((now, before) => {
    if (now.operation !== before.operation && drawing.isConnected) mark();
  });
  return { sentences };
}

const pointed = (enter: () => void, leave: () => void) => ({
  pointerenter: enter,
  pointerleave: leave,
  focus: enter,
  blur: leave,
});

function listen(element: SVGElement, listeners: ReturnType<typeof pointed>): void {
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener);
}

/** Those that the lit dependencies are about. */
function markMicros(
  { transactions, dependencies }: DrawnTransactions,
  box: SVGElement,
  place: number,
  lit: Lit,
): void {
  const keys = lit.dependencies.flatMap((i) => {
    const { from, to, key } = dependencies[i]!;
    return key !== undefined && [from, to].includes(place) ? [key] : [];
  });
  for (const line of box.querySelectorAll('[data-micro]')) {
    const micro = transactions[place]!.says[Number(line.getAttribute('data-micro'))]!;
    line.classList.toggle(
      'lit',
      keys.some((key) => isOf(micro, key)),
    );
  }
}

/** Moves the timeline so that all of them are seen. */
function showTogether({ store, operations }: Context, places: readonly number[]): void {
  const window = around(
    places.map((place) => ({
      startUs: operations.callUs[place]!,
      endUs: operations.endUs[place]!,
    })),
  );
  if (window !== undefined) store.set({ window });
}

/** As in `core/isolation.ts`. */
const meanings: Readonly<Record<DependencyName, string>> = {
  ww: 'what it wrote was overwritten by the other',
  wr: 'what it wrote was read by the other',
  rw: 'what it read was overwritten by the other',
  process: 'one client did one after the other',
  realtime: 'it had completed before the other began',
  commit: 'what a third read shows that it was committed first',
};

/** Of the kinds that occur. */
function legend({ dependencies }: DrawnTransactions): HTMLElement | undefined {
  const kinds = [...new Set(dependencies.map(({ because }) => because))];
  if (kinds.length === 0) return undefined;
  return el(
    'p',
    { class: 'hint kinds-of-dependency' },
    ...kinds.flatMap((kind) => [
      el('span', { class: `because ${kind}` }, kind),
      `${meanings[kind] ?? ''} `,
    ]),
  );
}
