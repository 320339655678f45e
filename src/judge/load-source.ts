/** Reads what is to be judged from disk. */
import { join } from 'node:path';
import { nodeIds } from '../core/ids.ts';
import type { CheckInput } from '../core/seams/checker.ts';
import { traceOf } from '../core/trace.ts';
import type { ReadHistory } from '../formats/history-builder.ts';
import { readHistoryFile } from '../formats/read-history.ts';
import { readNodeLogs } from '../store/node-logs.ts';
import { readPlan, runFiles } from '../store/run-folder.ts';
import { readTraces } from '../store/traces.ts';
import type { CheckSource } from './request.ts';

export interface LoadedSource extends CheckInput {
  readonly history: ReadHistory;
}

/**
 * Throws a `data` error that names what cannot be read. A file that is no run's has no traces and no nodes. A run's own
 * history has no line that is wrong, or something is wrong with dsp: it is read strictly. `HistoryTooLarge` is thrown for
 * one that takes more than so many bytes.
 */
export function loadSource(source: CheckSource, memoryBytesMax: number): LoadedSource {
  switch (source.kind) {
    case 'file':
      return {
        history: readHistoryFile(source.path, source.format, { ...source, memoryBytesMax }),
        trace: traceOf([]),
        nodes: [],
      };
    case 'run': {
      const { folder } = source;
      return {
        history: readHistoryFile(join(folder, runFiles.history), 'jsonl', {
          strict: true,
          memoryBytesMax,
        }),
        trace: readTraces(folder),
        nodes: nodeIds(readPlan(folder).nodes),
        logs: () => readNodeLogs(folder),
      };
    }
  }
}
