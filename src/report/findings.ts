/**
 * Findings with their evidence: which of the operations and faults shown they name, and what of their details can be
 * drawn. All lists are bounded; what is left out is counted.
 */
import type { Entry } from '../core/history/entry.ts';
import type { Traced } from '../core/trace.ts';
import type { Finding } from '../core/verdict.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { counterexampleOf, drawnCounterexample } from './drawn-counterexample.ts';
import { drawnTransactions } from './drawn-transactions.ts';
import type { FindingEvidence } from './evidence-model.ts';
import { markOf, runMarkOf } from './marks.ts';
import { toUs } from './micros.ts';
import type { ReportFault, ReportFinding } from './model.ts';
import type { ShownOperations } from './shown-operations.ts';
import { diagramsMax } from './space-time/limits.ts';
import { spaceTimeOf } from './space-time/make-space-time.ts';
import type { SpaceTimeSources } from './space-time/make-space-time.ts';
import type { SpaceTime } from './space-time/model.ts';
import { textOfLine, textOfValue } from './text-table.ts';

export const findingsMax = 200;
const operationsMax = 500;
const eventsMax = 100;
const jsonLengthMax = 4000;

export interface FindingContext {
  readonly entries: readonly Entry[];
  readonly operations: ShownOperations;
  readonly faults: readonly ReportFault[];
  readonly originNs: number;
  /** Absent where the run has no messages to tell. */
  readonly spaceTime: SpaceTimeSources | undefined;
}

/** What checkers said, of a run or of a file. */
type Judged = Pick<VerdictFile, 'checks' | 'findings'>;

/** The verdict's findings, in its order, each with the checker that made it. */
export function findingsOf(verdict: Judged, context: FindingContext): ReportFinding[] {
  const checkers = new Map(
    verdict.checks.flatMap(({ checker, findings }) =>
      findings.map((finding) => [JSON.stringify(finding), checker] as const),
    ),
  );
  return verdict.findings
    .slice(0, findingsMax)
    .map((finding, i) =>
      toReportFinding(
        finding,
        checkers.get(JSON.stringify(finding)),
        i < diagramsMax ? context : { ...context, spaceTime: undefined },
      ),
    );
}

/** Every entry that a finding names, its counterexample's included. */
export function namedEntries(verdict: Judged): Set<number> {
  return new Set(verdict.findings.slice(0, findingsMax).flatMap(entriesOf));
}

const entriesOf = (finding: Finding): readonly number[] => [
  ...finding.entries,
  ...(counterexampleOf(finding)?.operations.map((operation) => operation.invokeIndex) ?? []),
];

function toReportFinding(
  finding: Finding,
  checker: string | undefined,
  context: FindingContext,
): ReportFinding {
  const entries = entriesOf(finding);
  const places = new Set(
    entries
      .map((entry) => context.operations.placeOf(entry))
      .filter((place) => place !== undefined),
  );
  const evidence = evidenceOf(finding, context);
  const faults = context.faults.flatMap((fault, i) => (entries.includes(fault.entry) ? [i] : []));
  return {
    checker: textOfLine(checker ?? 'run', 80),
    type: textOfLine(finding.type, 120),
    kind: finding.kind,
    summary: textOfLine(finding.summary, 2000),
    operations: [...places].slice(0, operationsMax),
    operationsLeftOut: Math.max(0, places.size - operationsMax),
    faults,
    evidence,
    spaceTime: diagramOf(finding, evidence, [...places], context),
  };
}

/** Where a value may have come from may be long ago, and says nothing of where the diagram is. */
function diagramOf(
  finding: Finding,
  evidence: FindingEvidence,
  places: readonly number[],
  { operations, spaceTime }: FindingContext,
): SpaceTime | undefined {
  if (spaceTime === undefined) return undefined;
  const supporting = new Set(
    (counterexampleOf(finding)?.operations ?? [])
      .filter((operation) => operation.supporting === true)
      .map((operation) => operation.invokeIndex),
  );
  const events = evidence.shape === 'events' ? evidence.events : [];
  const momentsUs = [
    ...places
      .map((place) => operations.shown[place]!)
      .filter(({ invokeIndex }) => !supporting.has(invokeIndex))
      .flatMap(({ callNs, endNs }) => (endNs === undefined ? [callNs] : [callNs, endNs]))
      .map(toUs),
    ...events.toReversed().map(({ timeUs }) => timeUs),
  ];
  return spaceTimeOf({ momentsUs, events }, spaceTime);
}

function evidenceOf(finding: Finding, context: FindingContext): FindingEvidence {
  const counterexample = counterexampleOf(finding);
  if (counterexample !== undefined)
    return { shape: 'counterexample', ...drawnCounterexample(counterexample, context.operations) };
  const transactions = drawnTransactions(finding, context.operations);
  if (transactions !== undefined) return { shape: 'transactions', ...transactions };
  const events = [
    ...traceEventsIn(finding.details).map((event) => markOf(event, context.originNs)),
    ...finding.entries.flatMap((entry) => runMarkOf(context.entries[entry])),
  ];
  if (events.length > 0) {
    const shown = events.slice(0, eventsMax);
    return { shape: 'events', events: shown, leftOut: events.length - shown.length };
  }
  if (finding.details === undefined || finding.details === null) return { shape: 'none' };
  return { shape: 'json', text: textOfValue(finding.details, jsonLengthMax) };
}

/** Trace events anywhere in the first levels of a finding's details, in their order there. */
function traceEventsIn(details: unknown, depth = 0): Traced[] {
  if (typeof details !== 'object' || details === null || depth > 3) return [];
  const { node, timeNs, event } = details as Partial<Traced>;
  if (typeof node === 'string' && typeof timeNs === 'number' && typeof event === 'string')
    return [details as Traced];
  return Object.values(details).flatMap((value) => traceEventsIn(value, depth + 1));
}
