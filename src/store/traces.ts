/** Reads the traces that a run's nodes left. A line that a kill cut off, at the end of a node's life, is passed over. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { traceOf } from '../core/trace.ts';
import type { Trace, Traced } from '../core/trace.ts';
import { runFiles } from './run-folder.ts';

/** All nodes' traces of the run in `folder`, merged. */
export function readTraces(folder: string): Trace {
  const nodes = join(folder, runFiles.nodes);
  if (!existsSync(nodes)) return traceOf([]);
  return traceOf(readdirSync(nodes).flatMap((node) => readTrace(join(nodes, node, 'trace.jsonl'))));
}

function readTrace(path: string): Traced[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Traced];
      } catch {
        return [];
      }
    });
}
