/** Whether a run came out as another did: their histories and their nodes' traces, compared byte for byte. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { NodeId } from '../core/ids.ts';
import { nodeIds } from '../core/ids.ts';
import { readPlan, runFiles } from '../store/run-folder.ts';
import type { SimulatedRun } from './simulate.ts';

/** What must come out the same: lines by file, which is relative to the run's folder. The history is the first. */
export type RunLines = readonly (readonly [file: string, lines: readonly string[]])[];

export type Comparison =
  | { readonly same: true; readonly historyLines: number; readonly traceLines: number }
  | { readonly same: false; readonly difference: Difference };

/** Where they differ first in true time; one of the two is absent where a file ends sooner. */
export interface Difference {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

/** Which dsp and Node recorded it is no part of the comparison. */
export function compareRuns(recorded: RunLines, replayed: RunLines): Comparison {
  const others = new Map(replayed);
  const differences = recorded.flatMap(([file, lines]) => {
    const found = firstDifference(lines, others.get(file) ?? []);
    return found === undefined ? [] : [{ file, ...found }];
  });
  const [first] = differences.toSorted((a, b) => timeOf(a) - timeOf(b));
  if (first !== undefined) return { same: false, difference: first };
  const [historyLines = 0, ...traces] = recorded.map(([, lines]) => lines.length);
  return { same: true, historyLines, traceLines: traces.reduce((sum, each) => sum + each, 0) };
}

function firstDifference(
  recorded: readonly string[],
  replayed: readonly string[],
): Omit<Difference, 'file'> | undefined {
  for (let at = 0; at < Math.max(recorded.length, replayed.length); at++)
    if (recorded[at] !== replayed[at])
      return { line: at + 1, recorded: recorded[at], replayed: replayed[at] };
  return undefined;
}

const timeOf = ({ recorded, replayed }: Difference): number =>
  Math.min(stampOf(recorded), stampOf(replayed));

/** A line without a stamp is a header's; a file that has ended has nothing more to say. */
const stampOf = (line: string | undefined): number =>
  line === undefined
    ? Number.POSITIVE_INFINITY
    : Number(/"timeNs":(\d+)/.exec(line)?.[1] ?? Number.NEGATIVE_INFINITY);

/** Of the run in a folder. */
export const linesInFolder = (folder: string): RunLines => [
  [runFiles.history, readLines(folder, runFiles.history)],
  ...nodeIds(readPlan(folder).nodes).map((node) => {
    const file = traceFile(node);
    return [file, readLines(folder, file)] as const;
  }),
];

/** Of a run in memory, as it would be written. */
export function linesOf({ history, nodes, events }: SimulatedRun): RunLines {
  const traces = new Map(nodes.map((node) => [node, [] as string[]]));
  for (const event of events) traces.get(event.node)!.push(JSON.stringify(event));
  const entries = [encodeHeader(history.header), ...history.entries.map(encodeEntry)];
  return [
    [runFiles.history, entries.map((line) => withoutVersions(line.trimEnd()))],
    ...[...traces].map(([node, lines]) => [traceFile(node), lines] as const),
  ];
}

const traceFile = (node: NodeId): string => join(runFiles.nodes, node, 'trace.jsonl');

function readLines(folder: string, file: string): string[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').map(withoutVersions);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The mark of the set-up says what made the run. */
const withoutVersions = (line: string): string =>
  line.includes('"f":"set-up"') ? line.replace(/"value":\{[^{}]*\}/, '"value":{}') : line;
