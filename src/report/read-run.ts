/**
 * A run's folder, read for a report. Not a judge: what cannot be read becomes a notice, so that a run that went wrong
 * still gets its report. Only the verdict and the plan must be there.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { decodeHistory } from '../core/history/codec.ts';
import type { History } from '../core/history/entry.ts';
import type { Plan } from '../core/plan.ts';
import { traceOf } from '../core/trace.ts';
import type { Trace } from '../core/trace.ts';
import { readMessages } from '../store/messages.ts';
import type { Message } from '../store/messages.ts';
import { readPlan, readVerdict, runFiles } from '../store/run-folder.ts';
import { readTraces } from '../store/traces.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import type { ReportFile } from './model.ts';
import { textOfLine } from './text-table.ts';

export interface RunOnDisk {
  readonly folder: string;
  readonly plan: Plan;
  readonly verdict: VerdictFile;
  /** Absent where the run ended before it had one, or where it cannot be read. */
  readonly history: History | undefined;
  readonly trace: Trace;
  /** Absent where the runtime does not see messages. */
  readonly messages: readonly Message[] | undefined;
  readonly files: readonly ReportFile[];
  readonly notices: readonly string[];
}

/** Throws a `data` error when the verdict or the plan is missing or is something else. */
export async function readRun(folder: string): Promise<RunOnDisk> {
  const plan = readPlan(folder);
  const verdict = readVerdict(folder);
  const notices: string[] = [];
  const history = await readHistory(folder, notices);
  const trace = readTrace(folder, notices);
  const messages = readSent(folder, notices);
  const files = await filesOf(folder);
  return { folder, plan, verdict, history, trace, messages, files, notices };
}

async function readHistory(folder: string, notices: string[]): Promise<History | undefined> {
  try {
    const text = await readFile(join(folder, runFiles.history), 'utf8');
    const history = decodeHistory(text, runFiles.history);
    if (history.torn)
      notices.push('The last line of history.jsonl was cut off in the middle; it is left out.');
    return history;
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    notices.push(
      missing
        ? 'There is no history.jsonl: the run ended before it had one.'
        : `The history cannot be shown: ${textOfLine(messageOf(thrown))}`,
    );
    return undefined;
  }
}

function readTrace(folder: string, notices: string[]): Trace {
  try {
    return readTraces(folder);
  } catch (thrown) {
    notices.push(`The nodes’ traces cannot be shown: ${textOfLine(messageOf(thrown))}`);
    return traceOf([]);
  }
}

function readSent(folder: string, notices: string[]): readonly Message[] | undefined {
  try {
    return readMessages(folder);
  } catch (thrown) {
    notices.push(`The messages cannot be shown: ${textOfLine(messageOf(thrown))}`);
    return undefined;
  }
}

/** What a reader may want to open beside the report, in the order in which one would. */
async function filesOf(folder: string): Promise<ReportFile[]> {
  const nodes = await readdir(join(folder, runFiles.nodes)).catch(() => []);
  const paths = [
    ...nodes
      .toSorted(new Intl.Collator('en', { numeric: true }).compare)
      .flatMap((node) =>
        ['stdout.log', 'stderr.log', 'trace.jsonl'].map(
          (name) => `${runFiles.nodes}/${node}/${name}`,
        ),
      ),
    runFiles.toxiproxyLog,
    runFiles.messages,
    runFiles.log,
    runFiles.history,
    runFiles.verdict,
    runFiles.plan,
    runFiles.test,
  ];
  const stats = await Promise.all(
    paths.map((path) => stat(join(folder, path)).catch(() => undefined)),
  );
  return paths.flatMap((path, i) => (stats[i]?.isFile() ? [{ path, bytes: stats[i].size }] : []));
}
