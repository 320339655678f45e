/** The top of the page: the verdict, why, which run it is of, and the commands that repeat and re-judge it. */
import type { Report } from '../model.ts';
import { el } from './dom.ts';
import { count, duration } from './format.ts';
import { verdictSign } from './verdict-sign.ts';

export function banner(report: Report): HTMLElement {
  const { verdict, title } = report;
  const word = verdict.word[0]!.toUpperCase() + verdict.word.slice(1);
  return el(
    'header',
    { class: `banner ${verdict.word}` },
    el('p', { class: 'run' }, title.names.join(' · ')),
    el(
      'h1',
      {},
      verdictSign(verdict.word),
      el('span', {}, word),
      verdict.detail === undefined ? undefined : el('small', {}, verdict.detail),
      verdict.interrupted ? el('small', {}, 'interrupted') : undefined,
    ),
    el('p', { class: 'why' }, verdict.summary),
    verdict.error === undefined || verdict.error === verdict.summary
      ? undefined
      : el('p', {}, verdict.error),
    verdict.hint === undefined ? undefined : el('p', { class: 'hint' }, verdict.hint),
    el('p', { class: 'particulars' }, ...title.particulars.map((text) => el('span', {}, text))),
    el(
      'div',
      { class: 'commands' },
      report.replay === undefined ? undefined : command('Repeat', report.replay),
      command('Judge again', report.recheck),
    ),
  );
}

function command(label: string, text: string): HTMLElement {
  const copied = el('span', { class: 'copied', role: 'status' });
  const code = el('code', { tabindex: 0 }, text);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      copied.textContent = 'copied';
    } catch {
      // A file opened from disk may not use the clipboard: the text is selected for the reader to copy.
      getSelection()?.selectAllChildren(code);
      copied.textContent = 'selected';
    }
  };
  return el(
    'div',
    { class: 'command' },
    el('span', { class: 'label' }, label),
    code,
    el(
      'button',
      { type: 'button', 'aria-label': `Copy the command: ${label}`, click: () => void copy() },
      'Copy',
    ),
    copied,
  );
}

/** The run in figures. */
export function figures(report: Report): HTMLElement {
  const { counts, functions } = report;
  const slowest = functions.toSorted(
    (a, b) => (b.latencyUs?.p99 ?? 0) - (a.latencyUs?.p99 ?? 0),
  )[0];
  const share = (n: number) =>
    counts.operations === 0 ? '' : `${((100 * n) / counts.operations).toFixed(1)} %`;
  const tiles: (false | [label: string, value: string, note: string])[] = [
    ['operations', count(counts.operations), rate(report)],
    ['● ok', count(counts.ok), share(counts.ok)],
    ['✕ fail', count(counts.fail), share(counts.fail)],
    ['? info', count(counts.info), share(counts.info)],
    report.clock === 'time' && [
      'p99 latency',
      slowest?.latencyUs === undefined ? '–' : duration(slowest.latencyUs.p99),
      slowest?.latencyUs === undefined ? '' : `of ${slowest.name}, the slowest`,
    ],
    report.source === 'run' && [
      'faults in force',
      count(counts.faultsInstalled),
      otherFaults(report),
    ],
  ];
  return el(
    'dl',
    { class: 'figures' },
    ...tiles
      .filter((tile) => tile !== false)
      .map(([label, value, note]) =>
        el('div', {}, el('dt', {}, label), el('dd', {}, value), el('dd', { class: 'hint' }, note)),
      ),
  );
}

function rate({ counts, title }: Report): string {
  return title.seconds !== undefined && title.seconds > 0
    ? `${count(Math.round(counts.operations / title.seconds))} a second`
    : '';
}

const otherFaults = ({ counts }: Report): string =>
  [
    counts.faultsSkipped > 0 ? `${counts.faultsSkipped} skipped` : '',
    counts.faultsIndeterminate > 0 ? `${counts.faultsIndeterminate} indeterminate` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
