/** The report value of a run, computed from what is on disk. Pure: the same folder gives the same value. */
import { basename } from 'node:path';
import { describeVerdict } from '../core/verdict.ts';
import { isClient, isNemesis } from '../core/history/entry.ts';
import type { Plan } from '../core/plan.ts';
import type { Schedule } from '../core/schedule.ts';
import { faultsOf } from './faults.ts';
import { findingsMax, findingsOf, namedEntries } from './findings.ts';
import { marksOf } from './marks.ts';
import { toUs } from './micros.ts';
import type { Fact, Report, ReportCheck, ReportPhase, ReportTitle, TimeRange } from './model.ts';
import { operationColumns } from './operation-columns.ts';
import type { RunOnDisk } from './read-run.ts';
import { functionFigures, seriesOf } from './series.ts';
import { shownOperations } from './shown-operations.ts';
import type { ShownOperations } from './shown-operations.ts';
import { textOfFact, textOfLine } from './text-table.ts';

/** Everything that `report.html` shows. */
export function makeReport(run: RunOnDisk): Report {
  const { plan, verdict, history } = run;
  const entries = history?.entries ?? [];
  const range = rangeOf(run);
  const phases = phasesOf(run, range);
  const faults = faultsOf(history, phases);
  const operations = shownOperations(history, namedEntries(verdict));
  const originNs = history?.header.originNs ?? 0;
  const { columns, lanes } = operationColumns(operations.shown, plan.concurrency);
  const { marks, count: markCount } = marksOf(run.trace, entries, originNs);
  return {
    format: 'dsp-report',
    version: 1,
    title: titleOf(run),
    verdict: {
      word: verdict.verdict,
      detail: verdict.kind ?? textOfMaybe(verdict.reason),
      summary: textOfLine(verdict.summary, 2000),
      error: textOfMaybe(verdict.error),
      hint: textOfMaybe(verdict.errorHint),
      interrupted: verdict.interrupted,
    },
    replay: textOfLine(verdict.replay),
    recheck: textOfLine(verdict.recheck),
    counts: verdict.counts,
    range,
    phases,
    faults,
    lanes,
    operations: columns,
    functions: functionFigures(operations.all),
    series: seriesOf(operations.all, range),
    checks: checksOf(run),
    findings: findingsOf(verdict, { entries, operations, faults, originNs }),
    marks,
    plan: planFacts(plan),
    versions: Object.entries(verdict.versions).map(([name, value]) => fact(name, value)),
    files: run.files,
    notices: [...run.notices, ...limitNotices(run, operations, markCount - marks.length)],
  };
}

const textOfMaybe = (text: string | undefined) =>
  text === undefined ? undefined : textOfLine(text);
const fact = (name: string, value: unknown): Fact => ({
  name: textOfLine(name, 80),
  value: textOfFact(value),
});

function titleOf({ folder, plan, verdict, history }: RunOnDisk): ReportTitle {
  return {
    system: textOfLine(plan.system, 80),
    workload: textOfLine(plan.workload, 80),
    nemesis: textOfLine(plan.nemeses.join(' + ') || 'no nemesis', 120),
    nodes: plan.nodes,
    clients: plan.concurrency,
    seed: textOfLine(verdict.seed, 120),
    folder: textOfLine(basename(folder), 120),
    startedAt: textOfMaybe(history?.header.startedAt),
    seconds: verdict.durationSeconds.run,
  };
}

/** From the first operation or fault to the last entry, with a little air before. */
function rangeOf({ history }: RunOnDisk): TimeRange {
  const entries = history?.entries ?? [];
  const first = entries.find((entry) => isClient(entry.process) || isNemesis(entry.process));
  const endUs = toUs(entries.at(-1)?.timeNs ?? 0);
  const startUs = toUs(first?.timeNs ?? 0);
  return {
    startUs: Math.max(0, startUs - Math.round((endUs - startUs) / 100)),
    endUs: Math.max(endUs, startUs + 1),
  };
}

/**
 * Each phase lasts until the next one; one that has no length, as `done`, is left out. The set-up is marked when it is
 * done, for only then is it known what serves the run.
 */
function phasesOf({ verdict }: RunOnDisk, range: TimeRange): ReportPhase[] {
  const starts = verdict.phases.map(({ name, startNs }) => ({
    name,
    startUs: name === 'set-up' ? 0 : toUs(startNs),
  }));
  return starts
    .map(({ name, startUs }, i) => ({
      name: textOfLine(name, 40),
      startUs,
      endUs: starts[i + 1]?.startUs ?? Math.max(range.endUs, startUs),
    }))
    .filter((phase) => phase.endUs > phase.startUs);
}

const checksOf = ({ verdict }: RunOnDisk): ReportCheck[] =>
  verdict.checks.map((check) => ({
    checker: textOfLine(check.checker, 80),
    verdict: check.verdict.verdict,
    says: textOfLine(describeVerdict(check.verdict), 80),
    summary: textOfLine(check.summary, 2000),
    figures: Object.entries(check.figures ?? {}).map(([name, value]) => fact(name, value)),
  }));

/** Options and other nested values get a row each; what a schedule holds is what the whole page shows. */
const planFacts = ({ schedule, ...plan }: Plan): Fact[] =>
  Object.entries({ ...plan, ...(schedule === undefined ? {} : { schedule: saysOf(schedule) }) })
    .filter(([name]) => name !== 'format' && name !== 'version')
    .flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && !Array.isArray(value) && value !== null
        ? Object.entries(value).map(([inner, each]) => fact(`${name}.${inner}`, each))
        : [fact(name, value)],
    );

const saysOf = ({ operations, calm }: Schedule): string =>
  `${count(operations.length)} operations of clients and nemeses, one by one${calm ? '' : '; no calm after them'}`;

const count = (n: number): string => n.toLocaleString('en');

function limitNotices(
  { verdict }: RunOnDisk,
  { all, shown }: ShownOperations,
  marksLeftOut: number,
): string[] {
  return [
    ...(shown.length < all.length
      ? [
          `The timeline and the table show ${count(shown.length)} of ${count(all.length)} operations: ` +
            'all that a finding names, those that failed or are unknown, and a sample of the rest. Charts and figures are of all.',
        ]
      : []),
    ...(verdict.findings.length > findingsMax
      ? [`Only the gravest ${findingsMax} of ${count(verdict.findings.length)} findings are shown.`]
      : []),
    ...(marksLeftOut > 0
      ? [`${count(marksLeftOut)} later trace events of nodes are left out.`]
      : []),
  ];
}
