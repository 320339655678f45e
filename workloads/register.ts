/**
 * register: independent linearizable registers under read, write and compare-and-set.
 *
 * Shows stale reads, lost writes and split brain. Values are unique per key, so that most keys are judged in linear
 * time; a key ends after 120 operations, which keeps the hard ones small. Blind to anything that spans keys.
 */
import type { Workload } from '../src/core/seams/workload.ts';
import { route } from '../src/generator/route.ts';
import { changesAndLooks, keysInTurn, lastLooks } from './objects.ts';
import { readersApart } from './readers-apart.ts';
import { registerClient, registerOperations } from './register-operations.ts';

export const register = {
  name: 'register',
  says: 'independent registers under read, write and compare-and-set, judged for linearizability',
  needs: ['get', 'put', 'compare-and-set'],
  options: {},

  generator: ({ random }) => route(readersApart, keysInTurn(random, registerOperations)),

  recovery: ({ random, concurrency }, thread) =>
    changesAndLooks(random, { concurrency }, thread, (value) => ({ f: 'write', value })),

  finalReads: ({ random }, keys) => lastLooks(random, keys),

  client: registerClient,

  judges: () => [{ checker: 'linearizable', options: { model: 'cas-register' } }],
} satisfies Workload<'get' | 'put' | 'compare-and-set'>;
