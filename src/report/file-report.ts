/**
 * The report value of a history file that dsp did not record: its operations and what a checker found in them. Such a file
 * has no plan, no phases, no nodes, and often no times.
 */
import { basename } from 'node:path';
import { isClient } from '../core/history/entry.ts';
import type { Entry, History } from '../core/history/entry.ts';
import { nsPerMs } from '../core/time.ts';
import type { CheckResult, Finding } from '../core/verdict.ts';
import type { RunCounts } from '../store/verdict-file.ts';
import { faultsOf } from './faults.ts';
import { findingsOf, namedEntries } from './findings.ts';
import type { FunctionFigures, Report, ReportFault } from './model.ts';
import { operationColumns } from './operation-columns.ts';
import { fact, rangeOf, reportCheck } from './parts.ts';
import { functionFigures, seriesOf } from './series.ts';
import { shownOperations } from './shown-operations.ts';
import type { ShownOperation } from './shown-operations.ts';
import { textOfLine } from './text-table.ts';

/** A file as it was read, and what came of it. */
export interface JudgedFile {
  readonly path: string;
  readonly history: History;
  readonly check: CheckResult;
  /** What is wrong with the file, as findings. */
  readonly notes: readonly Finding[];
  /** What was asked of the checker, by name. */
  readonly asked: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** The command that judges it again. */
  readonly recheck: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Everything that the report shows. */
export function makeFileReport(file: JudgedFile): Report {
  const { path, check, notes, asked, recheck, versions } = file;
  const clock = tellsTimes(file.history) ? 'time' : 'entries';
  const history = clock === 'time' ? file.history : withTimes(file.history);
  const { entries } = history;
  const range = rangeOf(entries);
  const faults = faultsOf(history, []);
  const judged = { checks: [check], findings: [...check.findings, ...notes] };
  const operations = shownOperations(history, namedEntries(judged));
  const { columns, lanes } = operationColumns(operations.shown, 0);
  const checked = reportCheck(check);
  const clients = new Set(entries.map(({ process }) => process).filter(isClient)).size;
  return {
    format: 'dsp-report',
    version: 1,
    source: 'file',
    clock,
    title: {
      names: [textOfLine(basename(path), 120), checked.checker],
      particulars: [`${clients} client${clients === 1 ? '' : 's'}`, `${entries.length} entries`],
      seconds: clock === 'time' ? (range.endUs - range.startUs) / 1e6 : undefined,
    },
    verdict: {
      word: check.verdict.verdict,
      detail: detailOf(check),
      summary: checked.summary,
      error: undefined,
      hint: undefined,
      interrupted: false,
    },
    replay: undefined,
    recheck: textOfLine(recheck),
    counts: countsOf(operations.all, faults),
    range,
    phases: [],
    faults,
    lanes,
    operations: columns,
    functions: functionFigures(operations.all).map((each) => withoutTimes(each, clock)),
    series: seriesOf(operations.all, range),
    checks: [checked],
    findings: findingsOf(judged, {
      entries,
      operations,
      faults,
      originNs: 0,
      spaceTime: undefined,
    }),
    marks: [],
    plan: Object.entries(asked).map(([name, value]) => fact(name, value)),
    versions: Object.entries(versions).map(([name, value]) => fact(name, value)),
    files: [],
    notices:
      clock === 'time'
        ? []
        : ['The file tells no times: entries stand in their order, at equal distances.'],
  };
}

/** The readers of histories without times number the entries instead. */
const tellsTimes = ({ entries }: History): boolean =>
  !entries.every(({ timeNs }, index) => timeNs === index);

const withTimes = ({ header, entries, torn }: History): History => ({
  header,
  torn,
  entries: entries.map((entry, index): Entry => ({ ...entry, timeNs: index * nsPerMs })),
});

const withoutTimes = (figures: FunctionFigures, clock: Report['clock']): FunctionFigures =>
  clock === 'time' ? figures : { ...figures, latencyUs: undefined };

function detailOf({ verdict }: CheckResult): string | undefined {
  if (verdict.verdict === 'invalid') return verdict.kind;
  return verdict.verdict === 'unknown' ? verdict.reason : undefined;
}

function countsOf(
  operations: readonly ShownOperation[],
  faults: readonly ReportFault[],
): RunCounts {
  const count = (outcome: ShownOperation['outcome']) =>
    operations.filter((each) => each.outcome === outcome).length;
  const tried = (outcome: ReportFault['outcome']) =>
    faults.filter((each) => each.outcome === outcome).length;
  return {
    operations: operations.length,
    ok: count('ok'),
    fail: count('fail'),
    info: count('info'),
    faultsInstalled: tried('installed'),
    faultsSkipped: tried('skipped'),
    faultsIndeterminate: tried('indeterminate'),
  };
}
