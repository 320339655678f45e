/**
 * register: independent linearizable registers under read, write and compare-and-set.
 *
 * Shows stale reads, lost writes and split brain. Values are unique per key, so that most keys are judged in linear
 * time; a key ends after 120 operations, which keeps the hard ones small. Blind to anything that spans keys.
 */
import type { Key } from '../src/core/history/entry.ts';
import { fail, ok } from '../src/core/seams/client.ts';
import type { Generator, OperationSpec } from '../src/core/seams/generator.ts';
import type { Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import type { Random } from '../src/core/random.ts';
import { fromFunction } from '../src/generator/operations.ts';
import { perKey } from '../src/generator/per-key.ts';
import { route } from '../src/generator/route.ts';
import type { Route } from '../src/generator/route.ts';

const operationsPerKey = 120;
const keysAtATime = 5;
/** Of 20 operations. */
const share = { read: 10, write: 7 };

/** The key that clients use to find out whether the system works again. */
const recoveryKey = 'recovery';
/** Every key is read at the end by this many clients in turn, so that more than one node answers for it. */
const finalRounds = 2;

export const register = {
  name: 'register',
  says: 'independent registers under read, write and compare-and-set, judged for linearizability',
  needs: ['get', 'put', 'compare-and-set'],
  options: {},

  generator: ({ random }) =>
    route(
      readersApart,
      perKey({
        keys: (n) => n,
        window: keysAtATime,
        operationsMax: operationsPerKey,
        generator: (key) => operations(random.fork(`key/${key}`)),
      }),
    ),

  recovery: ({ random, concurrency }, thread) =>
    fromFunction(random.fork('recovery'), (_, n) => ({
      f: n % 2 === 0 ? 'write' : 'read',
      key: recoveryKey,
      value: n % 2 === 0 ? n * concurrency + thread : null,
    })),

  finalReads: ({ random }, keys) =>
    fromFunction(random, (_, n) =>
      n < keys.length * finalRounds ? read(keys[n % keys.length]) : undefined,
    ),

  client: (session) => ({
    read: async ({ key }, signal) => ok(await session.get(String(key), signal)),
    write: async ({ key, value }, signal) => {
      await session.put(String(key), value as Value, signal);
      return ok(value);
    },
    'compare-and-set': async ({ key, value }, signal) => {
      const [from, to] = value as [Value, Value];
      return (await session['compare-and-set'](String(key), from, to, signal))
        ? ok(value)
        : fail('other value');
    },
  }),

  judges: () => [{ checker: 'linearizable', options: { model: 'cas-register' } }],
} satisfies Workload<'get' | 'put' | 'compare-and-set'>;

/**
 * The second half of the clients only read. Where a leader has lost its quorum the first write hangs, and a client that
 * hangs sees nothing more; one that only reads keeps asking, which is how a stale answer is caught.
 */
const readersApart: Route = ({ f }, place, clients) =>
  clients < 2 || (f === 'read') === place >= clients / 2;

/**
 * The n-th operation writes n, if it writes at all; so no value of a key is written twice. A compare-and-set expects
 * what was written last before it in this order, and so succeeds when the clients happen to keep that order.
 */
const operations = (random: Random): Generator =>
  fromFunction(random, (drawn, n): OperationSpec => {
    switch (kindOf(drawn)) {
      case 'read':
        return read();
      case 'write':
        return { f: 'write', value: n };
      case 'compare-and-set':
        return { f: 'compare-and-set', value: [lastWritten(random, n), n] };
    }
  });

/** The first draw of an operation's own stream, so that it can be told without asking for the operation. */
function kindOf(drawn: Random): 'read' | 'write' | 'compare-and-set' {
  const lot = drawn.integer(1, 20);
  if (lot <= share.read) return 'read';
  return lot <= share.read + share.write ? 'write' : 'compare-and-set';
}

function lastWritten(random: Random, n: number): Value {
  for (let before = n - 1; before >= 0; before--)
    if (kindOf(random.fork(String(before))) !== 'read') return before;
  return null;
}

const read = (key?: Key): OperationSpec => ({
  f: 'read',
  ...(key === undefined ? {} : { key }),
  value: null,
});
