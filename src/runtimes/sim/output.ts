/**
 * Where nodes of a simulated run say what they say: into the files of a run's folder, as nodes of other runtimes do, or
 * into memory, where nobody needs the folder.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeId } from '../../core/ids.ts';
import type { Traced } from '../../core/trace.ts';
import type { WorldOutput } from '../../../nodes/sdk/memory/world.ts';
import { nodeFolder } from '../nodes.ts';

export interface SimulationOutput extends WorldOutput, Disposable {}

/** `nodes/<id>/trace.jsonl` and `stderr.log`. */
export function outputInFolder(runFolder: string, nodes: readonly NodeId[]): SimulationOutput {
  const traces = new Map(nodes.map((node) => [node, openTrace(nodeFolder(runFolder, node))]));
  return {
    trace: (event) => traces.get(event.node)!.write(`${JSON.stringify(event)}\n`),
    log: (node, line) =>
      appendFileSync(join(nodeFolder(runFolder, node), 'stderr.log'), `${line}\n`),
    [Symbol.dispose]() {
      for (const trace of traces.values()) trace.close();
    },
  };
}

/** All that was traced is kept, in its order. */
export function outputInMemory(): SimulationOutput & { readonly events: readonly Traced[] } {
  const events: Traced[] = [];
  return {
    events,
    trace: (event) => void events.push(event),
    log: () => {},
    [Symbol.dispose]: () => {},
  };
}

const gatheredCharsMax = 65_536;

function openTrace(folder: string) {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'trace.jsonl'), 'a');
  let gathered = '';
  const flush = (): void => {
    writeSync(file, gathered);
    gathered = '';
  };
  return {
    write(line: string) {
      gathered += line;
      if (gathered.length > gatheredCharsMax) flush();
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}
