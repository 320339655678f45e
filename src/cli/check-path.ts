/**
 * Judges one PATH of `dsp check`: a run's folder by the checkers of its own workload, unless another is asked for; a file
 * by the checker asked for.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DspError } from '../core/errors.ts';
import { standardInput } from '../formats/read-history.ts';
import {
  checkFileBy,
  unreadable,
  type CheckFileOptions,
  type CheckRow,
} from '../judge/check-files.ts';
import type { Judge } from '../judge/judge.ts';
import type { PlannedBudget } from '../run/judge.ts';
import { runFiles, writeVerdict } from '../store/run-folder.ts';
import type { VerdictFile } from '../store/verdict-file.ts';

export interface CheckPathOptions extends Omit<CheckFileOptions, 'checker'> {
  readonly checker: string | undefined;
  /** What is not given, a run takes from its plan. */
  readonly planned: Partial<PlannedBudget>;
}

/**
 * A path that cannot be read gives a row too; what no path could be judged with is thrown. One judge serves all files,
 * for each takes a quarter of a second to start.
 */
export async function checkPath(
  judge: Judge,
  path: string,
  options: CheckPathOptions,
): Promise<CheckRow> {
  const checker = checkerOf(options);
  if (!isFolder(path)) return checkFileBy(judge, path, { ...options, checker });
  const { model, engine, consistency, keys } = options;
  const asked = [options.checker, options.options, model, engine, consistency, keys];
  if (asked.some((each) => each !== undefined)) {
    const isRun = existsSync(join(path, runFiles.plan));
    return checkFileBy(judge, join(path, runFiles.history), {
      ...options,
      checker,
      ...(isRun ? { runFolder: path } : {}),
    });
  }
  // A run's folder needs all that runs are made of: a file does without.
  const { judgeRun } = await import('../run/judge.ts');
  try {
    const verdict = await judgeRun(path, options.planned);
    // A controller that was killed has left none; what was judged at the time is not written over.
    if (!existsSync(join(path, runFiles.verdict))) writeVerdict(path, verdict);
    return rowOf(path, verdict);
  } catch (thrown) {
    if (!(thrown instanceof DspError) || thrown.code !== 'data') throw thrown;
    return unreadable(path, thrown);
  }
}

/** Linearizability, unless another is asked for. */
export const checkerOf = ({ checker = 'linearizable' }: CheckPathOptions): string => checker;

/** Whether there is a folder; the standard input is none, whatever is called so. */
export const isFolder = (path: string): boolean =>
  path !== standardInput && existsSync(path) && statSync(path).isDirectory();

function rowOf(file: string, judged: VerdictFile): CheckRow {
  const { verdict, kind, summary, counts, durationSeconds, findings } = judged;
  const reason = judged.reason as CheckRow['reason'];
  return {
    file,
    verdict,
    ...(kind === undefined ? {} : { kind }),
    ...(reason === undefined ? {} : { reason }),
    summary,
    operations: counts.operations,
    problems: 0,
    checkMs: Math.round(durationSeconds.check * 1000),
    findings,
  };
}
