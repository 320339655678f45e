/** The report page: reads the data that was inlined beside it and puts its parts together. */
import type { Report } from '../model.ts';
import { banner, figures } from './banner.ts';
import { charts } from './charts.ts';
import { chooseFinding } from './context.ts';
import type { Context } from './context.ts';
import { el } from './dom.ts';
import { faultTable, functionTable, runFacts } from './facts.ts';
import { filters } from './filters.ts';
import { findings } from './findings.ts';
import { tellTimeBy } from './format.ts';
import { inspector } from './inspector.ts';
import { findingsByOperation, unpack } from './operations.ts';
import { noFilter, stateStore } from './state.ts';
import { table } from './table.ts';
import { timeline } from './timeline.ts';
import { tooltip } from './tooltip.ts';
import './styles/base.css';
import './styles/banner.css';
import './styles/findings.css';
import './styles/counterexample.css';
import './styles/transactions.css';
import './styles/space-time.css';
import './styles/timeline.css';
import './styles/table.css';
import './styles/narrow.css';

function page(report: Report): HTMLElement[] {
  const context: Context = {
    report,
    operations: unpack(report.operations, report.lanes, report.range.endUs),
    findingsOf: findingsByOperation(report.findings),
    store: stateStore({
      finding: undefined,
      operation: undefined,
      pointed: [],
      window: report.range,
      filter: noFilter,
      scope: 'view',
    }),
    tooltip: tooltip(),
  };
  const hasOperations = report.operations.count > 0;
  const parts = [
    banner(report),
    ...report.notices.map((notice) => el('p', { class: 'notice' }, notice)),
    figures(report),
    section('What was judged', findings(context)),
    section(
      'Over time',
      report.clock === 'time' ? charts(context) : undefined,
      hasOperations ? filters(context) : undefined,
      timelineIfAny(context),
    ),
    hasOperations ? section('Operations', functionTable(report), table(context)) : undefined,
    report.source === 'run' || report.faults.length > 0
      ? section('Faults', faultTable(context))
      : undefined,
    runFacts(report),
  ];
  // An invalid run opens on its gravest finding, with the whole run still in view.
  if (report.findings[0] !== undefined && report.findings[0].kind !== 'note') {
    chooseFinding(context, 0);
    context.store.set({ window: report.range });
  }
  return [el('main', {}, ...parts), inspector(context)];
}

const timelineIfAny = (context: Context): HTMLElement | undefined =>
  context.report.operations.count > 0 || context.report.faults.length > 0
    ? timeline(context)
    : undefined;

const section = (name: string, ...content: readonly (HTMLElement | undefined)[]): HTMLElement =>
  el('section', { class: 'card' }, el('h2', {}, name), ...content);

// Last, for what stands above as constants must be there by now.
const report = JSON.parse(document.querySelector('#report-data')!.textContent) as Report;
const { title, verdict } = report;
document.title = `${verdict.word}: ${title.names.join(' ')}`;
tellTimeBy(report.clock);
document.body.prepend(...page(report));
