/** The rest of a report, for those who want to know: functions, faults with their evidence, plan, versions, files. */
import type { Fact, Report, ReportFault } from '../model.ts';
import type { Context } from './context.ts';
import { el } from './dom.ts';
import { bytes, count, duration, moment } from './format.ts';
import { around, within } from './window.ts';

export function functionTable({ functions, clock }: Report): HTMLElement | undefined {
  if (functions.length === 0) return undefined;
  const rows = functions.map(({ name, ok, fail, info, latencyUs }) => {
    const counts = [name, count(ok), count(fail), count(info)];
    if (clock === 'entries') return row(counts);
    if (latencyUs === undefined) return row(counts, ['–', '–', '–', '–']);
    const { p50, p95, p99, max } = latencyUs;
    return row(counts, [p50, p95, p99, max].map(duration));
  });
  const latencies = clock === 'entries' ? [] : ['p50', 'p95', 'p99', 'max'];
  return tableOf(['function', '● ok', '✕ fail', '? info', ...latencies], rows, 'numbers');
}

/** Every fault that was tried, with a button that shows it in the timeline. */
export function faultTable(context: Context): HTMLElement {
  const { faults } = context.report;
  if (faults.length === 0) return el('p', { class: 'empty' }, 'No fault was tried.');
  return tableOf(
    ['at', 'for', 'fault', 'outcome', 'evidence'],
    faults.map((fault) => faultRow(context, fault)),
    'faults',
  );
}

function faultRow({ store, report }: Context, fault: ReportFault): HTMLElement {
  const look = () => {
    store.set({ window: within(around([fault])!, report.range) });
    document.querySelector('.timeline')?.scrollIntoView({ block: 'nearest' });
  };
  return el(
    'tr',
    { class: fault.outcome },
    el(
      'td',
      {},
      el(
        'button',
        {
          type: 'button',
          'aria-label': `Show in the timeline: ${fault.family} at ${moment(fault.startUs)}`,
          click: look,
        },
        moment(fault.startUs),
      ),
    ),
    el('td', {}, fault.outcome === 'skipped' ? '–' : duration(fault.endUs - fault.startUs)),
    el('td', {}, `${fault.family}: ${fault.label}`),
    el('td', {}, fault.outcome),
    el('td', {}, el('details', {}, el('summary', {}, 'show'), factList(fault.evidence))),
  );
}

/** What was asked for, versions, phases and files, side by side, as far as there are any. */
export function runFacts(report: Report): HTMLElement {
  const { plan, versions, phases, files, source } = report;
  return el(
    'div',
    { class: 'columns' },
    el('section', {}, el('h2', {}, source === 'run' ? 'Plan' : 'Asked for'), factList(plan)),
    el(
      'section',
      {},
      el('h2', {}, 'Versions'),
      factList(versions),
      ...(phases.length > 0 ? [el('h2', {}, 'Phases'), factList(phaseFacts(report))] : []),
    ),
    source === 'run'
      ? el('section', {}, el('h2', {}, 'Files of this run'), fileList(files))
      : undefined,
  );
}

const phaseFacts = ({ phases }: Report): Fact[] =>
  phases.map((phase) => ({
    name: phase.name,
    value: `${moment(phase.startUs)}, for ${duration(phase.endUs - phase.startUs)}`,
  }));

const factList = (facts: readonly Fact[]): HTMLElement =>
  el(
    'dl',
    { class: 'facts' },
    ...facts.flatMap(({ name, value }) => [el('dt', {}, name), el('dd', {}, value)]),
  );

/** Relative links, each part of the path encoded: a node's name is not ours. */
const fileList = (files: Report['files']): HTMLElement =>
  el(
    'ul',
    { class: 'files' },
    ...files.map(({ path, bytes: size }) =>
      el(
        'li',
        {},
        el('a', { href: path.split('/').map(encodeURIComponent).join('/') }, path),
        ' ',
        el('span', { class: 'hint' }, bytes(size)),
      ),
    ),
  );

const row = (...cells: readonly (readonly string[])[]): HTMLElement =>
  el('tr', {}, ...cells.flat().map((cell) => el('td', {}, cell)));

const tableOf = (
  names: readonly string[],
  rows: readonly HTMLElement[],
  kind: string,
): HTMLElement =>
  el(
    'div',
    { class: 'scroll-x' },
    el(
      'table',
      { class: kind },
      el('thead', {}, el('tr', {}, ...names.map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, ...rows),
    ),
  );
