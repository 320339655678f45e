/**
 * The process that judges: takes one request at a time, reads its source, runs its checks, and reports each result before
 * it begins the next, so that what was finished is kept whatever becomes of the process.
 *
 * It ends with the process that started it. Signals of the terminal are for that one: what it interrupts is still judged.
 */
import { flushCompileCache } from 'node:module';
import { makeChecker } from '../../checkers/registry.ts';
import { dataError, DspError } from '../core/errors.ts';
import { bytesOfColumns, operationCount } from '../core/history/entry-columns.ts';
import { HistoryTooLarge } from '../core/history/lists.ts';
import type { Budget } from '../core/seams/checker.ts';
import type { ReadHistory } from '../formats/history-builder.ts';
import { loadSource } from './load-source.ts';
import type { LoadedSource } from './load-source.ts';
import type { FromJudge } from './messages.ts';
import { toFailure } from './messages.ts';
import { endWithParent } from './orphan-watch.ts';
import type { CheckSource, JudgeRequest, TimedCheck } from './request.ts';
import { outOfBudget, runChecks } from './run-checks.ts';

const watched = endWithParent();
// This process is killed when there is no more to judge: what it compiled is kept now or never.
flushCompileCache();
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('message', (request: JudgeRequest) => {
  judge(request)
    .then(
      () => say({ kind: 'done' }),
      (thrown: unknown) => say({ kind: 'failed', failure: toFailure(thrown) }),
    )
    .catch(() => process.exit());
});

async function judge({ source, checks, budget }: JudgeRequest): Promise<void> {
  await watched;
  const checkers = checks.map(makeChecker);
  const input = loadWithin(source, budget);
  if (input === undefined) {
    for (const { checker } of checks) await say({ kind: 'checked', check: tooLarge(checker) });
    return;
  }
  const { columns, torn, problems } = input.history;
  const operations = operationCount(columns);
  await say({ kind: 'loaded', operations, torn, problems });
  const memoryBytesMax = Math.max(0, budget.memoryBytesMax - bytesOfColumns(columns));
  try {
    await runChecks(checkers, input, { ...budget, memoryBytesMax }, (check) =>
      say({ kind: 'checked', check }),
    );
  } catch (thrown) {
    throw source.kind === 'file' ? withLine(thrown, source.path, input.history) : thrown;
  }
}

/** Undefined for a history that takes all the memory there is. */
function loadWithin(source: CheckSource, { memoryBytesMax }: Budget): LoadedSource | undefined {
  try {
    return loadSource(source, memoryBytesMax);
  } catch (thrown) {
    if (thrown instanceof HistoryTooLarge) return undefined;
    throw thrown;
  }
}

const tooLarge = (checker: string): TimedCheck => ({
  result: outOfBudget(checker, 'the history takes more memory than there is'),
  checkMs: 0,
});

/** A checker names the entry that it cannot read; in a file that is a line. */
function withLine(thrown: unknown, path: string, { lineOf }: ReadHistory): unknown {
  if (!(thrown instanceof DspError) || thrown.code !== 'data') return thrown;
  const [whole, index] = /^entry (\d+): /.exec(thrown.message) ?? [];
  if (whole === undefined) return thrown;
  const message = `${path}:${lineOf(Number(index))}: ${thrown.message.slice(whole.length)}`;
  return dataError(message, thrown.hint, thrown);
}

/** Resolves when the message has left. */
function say(message: FromJudge): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}
