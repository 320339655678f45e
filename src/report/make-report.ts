/** The report value of a run, computed from what is on disk. Pure: the same folder gives the same value. */
import type { Plan } from '../core/plan.ts';
import { isFault, type Schedule } from '../core/schedule.ts';
import { faultsOf } from './faults.ts';
import { findingsMax, findingsOf, namedEntries } from './findings.ts';
import { marksOf } from './marks.ts';
import { toUs } from './micros.ts';
import type { Fact, Report, ReportFault, ReportPhase, ReportTitle, TimeRange } from './model.ts';
import { operationColumns } from './operation-columns.ts';
import { fact, rangeOf, reportCheck, textOfMaybe } from './parts.ts';
import type { RunOnDisk } from './read-run.ts';
import { functionFigures, seriesOf } from './series.ts';
import { shownOperations } from './shown-operations.ts';
import type { ShownOperations } from './shown-operations.ts';
import { diagramsMax } from './space-time/limits.ts';
import type { SpaceTimeSources } from './space-time/make-space-time.ts';
import { textOfLine } from './text-table.ts';

/** Everything that `report.html` shows. */
export function makeReport(run: RunOnDisk): Report {
  const { plan, verdict, history } = run;
  const entries = history?.entries ?? [];
  const range = rangeOf(entries);
  const phases = phasesOf(run, range);
  const faults = faultsOf(history, phases);
  const operations = shownOperations(history, namedEntries(verdict));
  const originNs = history?.header.originNs ?? 0;
  const { columns, lanes } = operationColumns(operations.shown, plan.concurrency);
  const { marks, count: markCount } = marksOf(run.trace, entries, originNs);
  return {
    format: 'dsp-report',
    version: 1,
    source: 'run',
    clock: 'time',
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
    checks: verdict.checks.map(reportCheck),
    findings: findingsOf(verdict, {
      entries,
      operations,
      faults,
      originNs,
      spaceTime: spaceTimeSources(run, faults),
    }),
    marks,
    plan: planFacts(plan),
    versions: Object.entries(verdict.versions).map(([name, value]) => fact(name, value)),
    files: run.files,
    notices: [...run.notices, ...limitNotices(run, operations, markCount - marks.length)],
  };
}

const spaceTimeSources = (
  { plan, history, trace, messages }: RunOnDisk,
  faults: readonly ReportFault[],
): SpaceTimeSources | undefined =>
  messages && {
    messages,
    trace,
    entries: history?.entries ?? [],
    faults,
    originNs: history?.header.originNs ?? 0,
    nodes: plan.nodes,
  };

function titleOf({ plan, verdict, history }: RunOnDisk): ReportTitle {
  const seconds = verdict.durationSeconds.run;
  const startedAt = history?.header.startedAt;
  return {
    names: [
      textOfLine(plan.system, 80),
      textOfLine(plan.workload, 80),
      textOfLine(plan.nemeses.join(' + ') || 'no nemesis', 120),
    ],
    particulars: [
      `seed ${textOfLine(verdict.seed, 120)}`,
      `${plan.nodes} nodes`,
      `${plan.concurrency} clients`,
      `${Math.round(seconds)} s`,
      ...(startedAt === undefined ? [] : [`started ${stamp(startedAt)}`]),
    ],
    seconds,
  };
}

/** `2026-11-23 21:48:07 UTC`. */
const stamp = (iso: string): string =>
  textOfLine(iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'), 80);

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

/** Options and other nested values get a row each; of a schedule its size is told, for the timeline shows the rest. */
const planFacts = ({ schedule, ...plan }: Plan): Fact[] => [
  ...settingFacts(plan),
  ...(schedule === undefined ? [] : [fact('schedule', scheduleText(schedule))]),
];

const settingFacts = (settings: object): Fact[] =>
  Object.entries(settings)
    .filter(([name]) => name !== 'format' && name !== 'version')
    .flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && !Array.isArray(value) && value !== null
        ? Object.entries(value).map(([inner, each]) => fact(`${name}.${inner}`, each))
        : [fact(name, value)],
    );

function scheduleText({ operations, calm }: Schedule): string {
  const faults = operations.filter(isFault).length;
  const size = `${operations.length - faults} operations, ${faults} starts and ends of faults`;
  return calm ? size : `${size}, no recovery and no final reads`;
}

const count = (n: number): string => n.toLocaleString('en');

function limitNotices(
  { verdict, messages }: RunOnDisk,
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
    ...(messages !== undefined && verdict.findings.length > diagramsMax
      ? [`Messages are drawn around the gravest ${diagramsMax} findings only.`]
      : []),
    ...(marksLeftOut > 0
      ? [`${count(marksLeftOut)} later trace events of nodes are left out.`]
      : []),
  ];
}
