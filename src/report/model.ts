/**
 * The report value: everything that a report shows, as data, before any rendering.
 *
 * `make-report.ts` computes it from a run's folder; the page draws it and computes nothing that could change a verdict.
 * Times are whole microseconds since the run's origin. All text is already made visible (`core/visible-text.ts`) and
 * bounded in length; it is still text, never markup. A report of 100,000 operations stays at a few megabytes, so the
 * operations are columns (`columns.ts`), and text that occurs often is held once.
 */
import type { RunCounts } from '../store/verdict-file.ts';
import type { FindingEvidence } from './evidence-model.ts';
import type { SpaceTime } from './space-time/model.ts';

export interface Report {
  readonly format: 'dsp-report';
  readonly version: 1;
  /** What it is of: a run of dsp, or the history file of another. */
  readonly source: 'run' | 'file';
  /** `entries`: its history tells no times, so that entry n is drawn at n milliseconds and told as an entry. */
  readonly clock: 'time' | 'entries';
  readonly title: ReportTitle;
  readonly verdict: ReportVerdict;
  /** The command that makes this run again, where it is one, and the one that judges its history again. */
  readonly replay: string | undefined;
  readonly recheck: string;
  readonly counts: RunCounts;
  /** What the time axes show: from just before the first operation or fault to the last entry. */
  readonly range: TimeRange;
  readonly phases: readonly ReportPhase[];
  readonly faults: readonly ReportFault[];
  /** One lane is one client thread: the processes that followed each other on it. */
  readonly lanes: readonly ReportLane[];
  readonly operations: OperationColumns;
  readonly functions: readonly FunctionFigures[];
  readonly series: Series;
  readonly checks: readonly ReportCheck[];
  /** The gravest first. */
  readonly findings: readonly ReportFinding[];
  /** What nodes said of themselves that helps to read a timeline: elections, starts, refusals. */
  readonly marks: readonly Mark[];
  readonly plan: readonly Fact[];
  readonly versions: readonly Fact[];
  readonly files: readonly ReportFile[];
  /** What this report leaves out, or could not read: one sentence each. */
  readonly notices: readonly string[];
}

export interface ReportTitle {
  /** Of a run its system, workload and nemesis; of a file its name and the checker. */
  readonly names: readonly string[];
  /** `seed 1`, `5 nodes`. */
  readonly particulars: readonly string[];
  /** How long it lasted; absent where no times are told. */
  readonly seconds: number | undefined;
}

export interface ReportVerdict {
  readonly word: 'valid' | 'invalid' | 'unknown' | 'error';
  /** `safety`, `vacuous`, …; absent for valid and error. */
  readonly detail: string | undefined;
  /** One sentence: why. */
  readonly summary: string;
  /** How the harness or its environment failed, and what to do about it. */
  readonly error: string | undefined;
  readonly hint: string | undefined;
  readonly interrupted: boolean;
}

export interface TimeRange {
  readonly startUs: number;
  readonly endUs: number;
}

export interface ReportPhase extends TimeRange {
  readonly name: string;
}

/** From the moment when installing it began until it was known to be healed. */
export interface ReportFault extends TimeRange {
  readonly family: string;
  /** `halves, blackhole`: all that fits beside a band. */
  readonly label: string;
  readonly outcome: 'installed' | 'skipped' | 'indeterminate';
  /** Index of the nemesis's invocation in the history. */
  readonly entry: number;
  /** What the history says of it, and the evidence that it took hold and was healed, as JSON. */
  readonly evidence: readonly Fact[];
}

export interface ReportLane {
  /** The clients that ran on it, in turn. */
  readonly processes: readonly number[];
}

/** Operations in the order of their invocations; each column is packed by `packColumn`. */
export interface OperationColumns {
  readonly count: number;
  /** Entry index of the invocation, as the difference to the one before. */
  readonly invokeIndexSteps: string;
  /** Entries from the invocation to the completion; 0 where there is none. */
  readonly completeIndexOffsets: string;
  /** Time of the invocation, as the difference to the one before. */
  readonly callUsSteps: string;
  /** Until the client had its answer or gave up; -1 where the history ends before. */
  readonly durationsUs: string;
  /** The client's number. */
  readonly processes: string;
  /** Place in `lanes`. */
  readonly lanes: string;
  /** Place in `names`. */
  readonly functions: string;
  /** 0 ok, 1 fail, 2 info. */
  readonly outcomes: string;
  /** Place in `names`; 0 for none, as in the columns that follow. */
  readonly keys: string;
  readonly nodes: string;
  /** What was asked. */
  readonly inputs: string;
  /** What was answered, or the error's code. */
  readonly results: string;
  /** Every name and text that columns point to; the first is empty. */
  readonly texts: readonly string[];
}

export interface FunctionFigures {
  readonly name: string;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  /** Of its `ok` operations; absent where there is none. */
  readonly latencyUs: LatencyFigures | undefined;
}

export interface LatencyFigures {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Figures over time. Throughput counts an operation where it completed, latency where it was invoked. */
export interface Series {
  readonly startUs: number;
  readonly bucketUs: number;
  readonly okPerSec: readonly number[];
  readonly failPerSec: readonly number[];
  readonly infoPerSec: readonly number[];
  /** Of `ok` operations; null in a bucket without any. */
  readonly p50Us: readonly (number | null)[];
  readonly p95Us: readonly (number | null)[];
  readonly p99Us: readonly (number | null)[];
}

export interface ReportCheck {
  readonly checker: string;
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  /** `invalid (safety)`. */
  readonly says: string;
  readonly summary: string;
  readonly figures: readonly Fact[];
}

export interface ReportFinding {
  readonly checker: string;
  readonly type: string;
  readonly kind: 'safety' | 'liveness' | 'note';
  readonly summary: string;
  /** Places in the operation columns, the one to look at first in front. */
  readonly operations: readonly number[];
  /** Places in `faults`. */
  readonly faults: readonly number[];
  /** How many more operations it names than are listed here. */
  readonly operationsLeftOut: number;
  readonly evidence: FindingEvidence;
  /** The messages around it; absent where the run has none to tell, or none near. */
  readonly spaceTime: SpaceTime | undefined;
}

/** One trace event of a node, or a mark that the run made about one. */
export interface Mark {
  readonly timeUs: number;
  readonly node: string;
  readonly event: string;
  readonly says: string;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface ReportFile {
  /** Relative to the report, with `/`. */
  readonly path: string;
  readonly bytes: number;
}
