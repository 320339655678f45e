/** The operations of a report, unpacked: one typed array a column, and how an operation reads. */
import { running, unpackColumn } from '../columns.ts';
import type { OperationColumns, ReportFinding, ReportLane } from '../model.ts';

export interface Operations {
  readonly count: number;
  readonly invokeIndex: Float64Array;
  /** -1 where there is none. */
  readonly completeIndex: Float64Array;
  readonly callUs: Float64Array;
  /** When the client had its answer or gave up; the end of the run where neither is known. */
  readonly endUs: Float64Array;
  readonly isOpen: (place: number) => boolean;
  readonly process: Float64Array;
  readonly lane: Float64Array;
  /** 0 ok, 1 fail, 2 info. */
  readonly outcome: Float64Array;
  /** Places of texts, for comparing. */
  readonly functionPlace: Float64Array;
  readonly keyPlace: Float64Array;
  readonly text: (place: number, column: TextColumn) => string;
  readonly texts: readonly string[];
  /** Each lane's operations in the order of their calls; none overlaps the next. */
  readonly byLane: readonly (readonly number[])[];
}

export type TextColumn = 'functions' | 'keys' | 'nodes' | 'inputs' | 'results';

export const outcomeNames = ['ok', 'fail', 'info'] as const;
/** A shape for each outcome, so that colour is never alone. */
export const outcomeSigns = ['●', '✕', '?'] as const;

/** `endUs`: the end of the run, where operations without an end reach to. */
export function unpack(
  columns: OperationColumns,
  lanes: readonly ReportLane[],
  endUs: number,
): Operations {
  const { count, texts } = columns;
  const column = (packed: string) => unpackColumn(packed, count);
  const invokeIndex = running(column(columns.invokeIndexSteps));
  const callUs = running(column(columns.callUsSteps));
  const durations = column(columns.durationsUs);
  const lane = column(columns.lanes);
  const byLane = lanes.map((): number[] => []);
  lane.forEach((at, place) => byLane[at]!.push(place));
  const places: Record<TextColumn, Float64Array> = {
    functions: column(columns.functions),
    keys: column(columns.keys),
    nodes: column(columns.nodes),
    inputs: column(columns.inputs),
    results: column(columns.results),
  };
  return {
    count,
    invokeIndex,
    completeIndex: column(columns.completeIndexOffsets).map((offset, i) =>
      offset === 0 ? -1 : invokeIndex[i]! + offset,
    ),
    callUs,
    endUs: durations.map((lasts, i) =>
      lasts < 0 ? Math.max(endUs, callUs[i]!) : callUs[i]! + lasts,
    ),
    isOpen: (place) => durations[place]! < 0,
    process: column(columns.processes),
    lane,
    outcome: column(columns.outcomes),
    functionPlace: places.functions,
    keyPlace: places.keys,
    text: (place, name) => texts[places[name][place]!] ?? '',
    texts,
    byLane,
  };
}

/** `read → 4`, `write 4`, `write 4: timeout`. */
export function says(operations: Operations, place: number): string {
  const { text, outcome } = operations;
  const [f, input, result] = [
    text(place, 'functions'),
    text(place, 'inputs'),
    text(place, 'results'),
  ];
  const asked = input === '' ? f : `${f} ${input}`;
  if (result === '' || (outcome[place] === 0 && result === input)) return asked;
  return outcome[place] === 0 ? `${asked} → ${result}` : `${asked}: ${result}`;
}

/** Which findings name each operation that any of them names. */
export function findingsByOperation(
  findings: readonly ReportFinding[],
): ReadonlyMap<number, readonly number[]> {
  const named = new Map<number, number[]>();
  for (const [i, finding] of findings.entries())
    for (const place of finding.operations) named.set(place, [...(named.get(place) ?? []), i]);
  return named;
}
