/** Reads what the nodes of a run wrote to their outputs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeLog } from '../core/seams/checker.ts';
import { runFiles } from './run-folder.ts';

const files = ['stdout.log', 'stderr.log'];

/** Those that are there, by node, in the order of their names. */
export function readNodeLogs(folder: string): NodeLog[] {
  const nodes = join(folder, runFiles.nodes);
  if (!existsSync(nodes)) return [];
  return readdirSync(nodes)
    .toSorted()
    .flatMap((node) => files.map((file) => ({ node, file, path: join(nodes, node, file) })))
    .filter(({ path }) => existsSync(path))
    .map(({ node, file, path }) => ({ node, file, lines: readFileSync(path, 'utf8').split('\n') }));
}
