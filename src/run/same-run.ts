/** Whether a run came out as another did: their histories and their nodes' traces, compared byte for byte. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeIds } from '../core/ids.ts';
import { readPlan, runFiles } from '../store/run-folder.ts';

export type Comparison =
  | { readonly same: true; readonly historyLines: number; readonly traceLines: number }
  | { readonly same: false; readonly difference: Difference };

/** The first line that differs; one of the two is absent where a file ends sooner. */
export interface Difference {
  /** Relative to the run's folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

/** The history first, for it is what a verdict is made of. Which dsp and Node recorded it is no part of the comparison. */
export function compareRuns(recorded: string, replayed: string): Comparison {
  const traces = nodeIds(readPlan(recorded).nodes).map((node) =>
    join(runFiles.nodes, node, 'trace.jsonl'),
  );
  let traceLines = 0;
  let historyLines = 0;
  for (const file of [runFiles.history, ...traces]) {
    const [before, now] = [recorded, replayed].map((folder) => linesOf(folder, file)) as [
      string[],
      string[],
    ];
    const difference = firstDifference(before, now);
    if (difference !== undefined) return { same: false, difference: { file, ...difference } };
    if (file === runFiles.history) historyLines = before.length;
    else traceLines += before.length;
  }
  return { same: true, historyLines, traceLines };
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

function linesOf(folder: string, file: string): string[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1).map(withoutVersions) : lines.map(withoutVersions);
}

/** The mark of the set-up says what made the run. */
const withoutVersions = (line: string): string =>
  line.includes('"f":"set-up"') ? line.replace(/"value":\{[^{}]*\}/, '"value":{}') : line;
