/**
 * session: registers that every client reads and writes, judged by what each of them may expect of its own session.
 *
 * Asks for less than `register`, and so shows which promise a weaker system breaks: a client that does not see its own
 * write, goes back in time, or sees an effect and not its cause in another register, for which the guarantees are there.
 * Clients keep to their node, as sessions do. Blind to staleness that no client can notice.
 */
import type { Workload } from '../src/core/seams/workload.ts';
import { changesAndLooks, keysInTurn, lastLooks } from './objects.ts';
import { registerClient, registerOperations } from './register-operations.ts';

export const session = {
  name: 'session',
  says: 'registers read and written by every client, judged for session guarantees and causality',
  needs: ['get', 'put', 'compare-and-set'],
  options: {},

  generator: ({ random }) => keysInTurn(random, registerOperations),

  recovery: ({ random, concurrency }, thread) =>
    changesAndLooks(random, { concurrency }, thread, (value) => ({ f: 'write', value })),

  finalReads: ({ random }, keys) => lastLooks(random, keys),

  client: registerClient,

  judges: () => [{ checker: 'session-guarantees' }, { checker: 'causal' }],
} satisfies Workload<'get' | 'put' | 'compare-and-set'>;
