/** Reads what is to be judged from disk. */
import { join } from 'node:path';
import { nodeIds } from '../core/ids.ts';
import type { CheckInput } from '../core/seams/checker.ts';
import { traceOf } from '../core/trace.ts';
import { readHistoryFile } from '../formats/read-history.ts';
import { readNodeLogs } from '../store/node-logs.ts';
import { readPlan, runFiles } from '../store/run-folder.ts';
import { readTraces } from '../store/traces.ts';
import type { CheckSource } from './request.ts';

/** Throws a `data` error that names what cannot be read. A file that is no run's has no traces and no nodes. */
export async function loadSource(source: CheckSource): Promise<CheckInput> {
  switch (source.kind) {
    case 'file':
      return {
        history: await readHistoryFile(source.path, source.format),
        trace: traceOf([]),
        nodes: [],
      };
    case 'run': {
      const { folder } = source;
      return {
        history: await readHistoryFile(join(folder, runFiles.history), 'jsonl'),
        trace: readTraces(folder),
        nodes: nodeIds(readPlan(folder).nodes),
        logs: () => readNodeLogs(folder),
      };
    }
  }
}
