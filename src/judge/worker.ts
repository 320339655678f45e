/**
 * The worker thread that judges: takes one request at a time, reads its source, runs its checks, and reports each result
 * at once, so that what was finished is kept whatever becomes of the thread.
 */
import { parentPort } from 'node:worker_threads';
import { makeChecker } from '../../checkers/registry.ts';
import { pair } from '../core/history/operation.ts';
import { loadSource } from './load-source.ts';
import type { FromWorker } from './messages.ts';
import { toFailure } from './messages.ts';
import type { JudgeRequest } from './request.ts';
import { runChecks } from './run-checks.ts';

const say = (message: FromWorker): void => parentPort!.postMessage(message, []);

parentPort!.on('message', (request: JudgeRequest) => {
  judge(request).then(
    () => say({ kind: 'done' }),
    (thrown: unknown) => say({ kind: 'failed', failure: toFailure(thrown) }),
  );
});

async function judge({ source, checks, budget }: JudgeRequest): Promise<void> {
  const checkers = checks.map(makeChecker);
  const input = await loadSource(source);
  const { operations } = pair(input.history.entries);
  say({ kind: 'loaded', operations: operations.length, torn: input.history.torn });
  await runChecks(checkers, input, budget, (check) => say({ kind: 'checked', check }));
}
