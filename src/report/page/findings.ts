/** What was judged: every checker with its verdict, its findings under it, and the evidence of the one chosen. */
import type { Fact, ReportCheck, ReportFinding } from '../model.ts';
import { chooseFinding, chooseOperation } from './context.ts';
import type { Context } from './context.ts';
import { counterexampleFigure } from './counterexample/figure.ts';
import { el, fill } from './dom.ts';
import { counted, moment } from './format.ts';
import { outcomeNames, outcomeSigns, says } from './operations.ts';
import { spaceTimeFigure } from './space-time/figure.ts';
import { transactionsFigure } from './transactions/figure.ts';
import { verdictSign } from './verdict-sign.ts';

export function findings(context: Context): HTMLElement {
  const { report, store } = context;
  const evidence = el('div', {
    class: 'evidence',
    id: 'evidence',
    role: 'region',
    'aria-label': 'Evidence',
    'aria-live': 'polite',
  });
  const buttons = report.findings.map((finding, i) => findingButton(context, finding, i));
  const show = () => {
    const chosen = store.get().finding;
    for (const [i, button] of buttons.entries())
      button.setAttribute('aria-pressed', String(i === chosen));
    evidence.hidden = chosen === undefined;
    if (chosen === undefined) return fill(evidence);
    // Right under its finding, where a reader looks next.
    buttons[chosen]!.after(evidence);
    fill(evidence, ...evidenceOf(context, report.findings[chosen]!));
  };
  store.follow((now, before) => {
    if (now.finding !== before.finding) show();
  });
  const list = el(
    'ul',
    { class: 'checks' },
    ...report.checks.map((check) => checkItem(check, report.findings, buttons)),
  );
  const others = buttons.filter(
    (_, i) => !report.checks.some((check) => check.checker === report.findings[i]!.checker),
  );
  queueMicrotask(show);
  if (report.checks.length + report.findings.length === 0)
    return el('p', { class: 'empty' }, 'No checker ran.');
  return el('div', { class: 'judged' }, list, ...others, evidence);
}

function checkItem(
  check: ReportCheck,
  all: readonly ReportFinding[],
  buttons: readonly HTMLElement[],
): HTMLElement {
  const own = buttons.filter((_, i) => all[i]!.checker === check.checker);
  const summary = ownSummary(check, all);
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'check' },
      verdictSign(check.verdict),
      el('strong', {}, check.checker),
      el('span', { class: `word ${check.verdict}` }, check.says),
    ),
    summary === '' ? undefined : el('p', {}, summary),
    figureList(check.figures),
    ...own,
  );
}

/** What a checker says beyond what its first finding, which stands right below, says again. */
function ownSummary({ checker, summary }: ReportCheck, all: readonly ReportFinding[]): string {
  const first = all.find((finding) => finding.checker === checker);
  return first !== undefined && summary.startsWith(first.summary)
    ? summary.slice(first.summary.length).trim()
    : summary;
}

const figuresShownMax = 5;

/** A few figures stand on a line; many are there for who asks. */
function figureList(figures: readonly Fact[]): HTMLElement | undefined {
  if (figures.length === 0) return undefined;
  const line = figures.map(({ name, value }) => `${name} ${value}`).join(' · ');
  const text = el('p', { class: 'hint' }, line);
  if (figures.length <= figuresShownMax) return text;
  return el(
    'details',
    { class: 'hint' },
    el('summary', {}, counted(figures.length, 'figure')),
    text,
  );
}

function findingButton(context: Context, finding: ReportFinding, i: number): HTMLButtonElement {
  const named = finding.operations.length + finding.operationsLeftOut;
  return el(
    'button',
    {
      type: 'button',
      class: `finding ${finding.kind}`,
      'aria-pressed': 'false',
      'aria-controls': 'evidence',
      'data-finding': i,
      click: () => chooseFinding(context, i),
    },
    el('span', { class: 'type' }, `${finding.type} (${finding.kind})`),
    el('span', { class: 'summary' }, finding.summary),
    named === 0 ? undefined : el('span', { class: 'hint' }, counted(named, 'operation')),
  );
}

const evidenceOf = (context: Context, finding: ReportFinding): (HTMLElement | undefined)[] => [
  drawingOf(context, finding),
  drawsAll(finding) ? undefined : operationList(context, finding),
  spaceTimeFigure(context, finding),
  finding.operations.length > 0 || finding.evidence.shape === 'events' ? showButton() : undefined,
];

/** Whether each operation that it names can be chosen in its drawing. */
const drawsAll = ({ evidence, operations }: ReportFinding): boolean =>
  evidence.shape === 'counterexample' ||
  (evidence.shape === 'transactions' && evidence.transactions.length >= operations.length);

/** The timeline already shows it, perhaps below what is on screen. */
const showButton = (): HTMLElement =>
  el(
    'button',
    {
      type: 'button',
      class: 'go',
      click: () => document.querySelector('.timeline-box')?.scrollIntoView({ block: 'center' }),
    },
    'See it in the timeline ↓',
  );

function drawingOf(context: Context, { evidence }: ReportFinding): HTMLElement | undefined {
  switch (evidence.shape) {
    case 'counterexample':
      return counterexampleFigure(context, evidence);
    case 'transactions':
      return transactionsFigure(context, evidence);
    case 'events':
      return el(
        'table',
        { class: 'events' },
        el(
          'caption',
          {},
          evidence.leftOut > 0
            ? `What nodes traced (${evidence.leftOut} more left out)`
            : 'What nodes traced',
        ),
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            ...['at', 'node', 'event', ''].map((name) => el('th', { scope: 'col' }, name)),
          ),
        ),
        el(
          'tbody',
          {},
          ...evidence.events.map((event) =>
            el(
              'tr',
              {},
              el('td', {}, moment(event.timeUs)),
              el('td', {}, event.node),
              el('td', {}, event.event),
              el('td', {}, event.says),
            ),
          ),
        ),
      );
    case 'json':
      return el('pre', {}, evidence.text);
    case 'none':
      return undefined;
  }
}

const listedMax = 12;

/** The operations that it names, to be chosen one by one. */
function operationList(
  context: Context,
  { operations: named }: ReportFinding,
): HTMLElement | undefined {
  if (named.length === 0) return undefined;
  const { operations } = context;
  const items = named.slice(0, listedMax).map((place) => {
    const outcome = operations.outcome[place] as 0 | 1 | 2;
    return el(
      'li',
      {},
      el(
        'button',
        { type: 'button', click: () => chooseOperation(context, place) },
        el('span', { class: `outcome ${outcomeNames[outcome]}` }, outcomeSigns[outcome]),
        ` ${says(operations, place)} `,
        el(
          'span',
          { class: 'hint' },
          `client ${operations.process[place]}, ${moment(operations.callUs[place]!)}`,
        ),
      ),
    );
  });
  const more = named.length - items.length;
  return el(
    'ul',
    { class: 'named' },
    ...items,
    more > 0 ? el('li', { class: 'hint' }, `and ${more} more in the table`) : undefined,
  );
}
