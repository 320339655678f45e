/** Judges a history that stands in memory, as a test of one's own system does, or that a file was read into. */
import type { Entry, History } from '../src/core/history/entry.ts';
import { defaultBudget } from '../src/core/seams/checker.ts';
import type { Budget, Checker } from '../src/core/seams/checker.ts';
import { traceOf } from '../src/core/trace.ts';
import type { CheckResult } from '../src/core/verdict.ts';

/** An entry that is placed by where it stands in its list. */
export type RecordedEntry = Omit<Entry, 'index' | 'timeNs'> & Partial<Pick<Entry, 'timeNs'>>;

/**
 * The verdict on a history, or on entries in the order in which they were recorded: an invocation before its operation is
 * sent, a completion after its answer is there. Without time stamps, a nanosecond passes from one to the next. Throws a
 * `data` error for a history that is not well formed, or that the checker cannot read.
 */
export async function checkHistory(
  checker: Checker,
  recorded: History | readonly RecordedEntry[],
  budget: Budget = defaultBudget,
): Promise<CheckResult> {
  const history = 'header' in recorded ? recorded : historyOf(recorded);
  return checker.check({ history, trace: traceOf([]), nodes: [] }, budget);
}

const historyOf = (entries: readonly RecordedEntry[]): History => ({
  header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  entries: entries.map((entry, index) => Object.assign({ timeNs: index }, entry, { index })),
  torn: false,
});
