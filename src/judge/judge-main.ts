/**
 * The process that judges: takes one request at a time, reads its source, runs its checks, and reports each result before
 * it begins the next, so that what was finished is kept whatever becomes of the process.
 *
 * It ends with the process that started it. Signals of the terminal are for that one: what it interrupts is still judged.
 */
import { makeChecker } from '../../checkers/registry.ts';
import { pair } from '../core/history/operation.ts';
import { loadSource } from './load-source.ts';
import type { FromJudge } from './messages.ts';
import { toFailure } from './messages.ts';
import { endWithParent } from './orphan-watch.ts';
import type { JudgeRequest } from './request.ts';
import { runChecks } from './run-checks.ts';

const watched = endWithParent();
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
  const input = await loadSource(source);
  const { operations } = pair(input.history.entries);
  await say({ kind: 'loaded', operations: operations.length, torn: input.history.torn });
  await runChecks(checkers, input, budget, (check) => say({ kind: 'checked', check }));
}

/** Resolves when the message has left. */
function say(message: FromJudge): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}
