/**
 * Reads, writes and compare-and-sets of one register, and how a client performs them: what the workloads of registers share.
 */
import { fail, ok } from '../src/core/seams/client.ts';
import type { Generator, OperationSpec } from '../src/core/seams/generator.ts';
import type { Session, Value } from '../src/core/seams/system.ts';
import type { Perform } from '../src/core/seams/workload.ts';
import type { Random } from '../src/core/random.ts';
import { fromFunction } from '../src/generator/operations.ts';

/** Of 20 operations. */
const share = { read: 10, write: 7 };

/**
 * The n-th operation writes n, if it writes at all; so no value of a key is written twice. A compare-and-set expects
 * what was written last before it in this order, and so succeeds when the clients happen to keep that order.
 */
export const registerOperations = (random: Random): Generator =>
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

const read = (): OperationSpec => ({ f: 'read', value: null });

/** Each function by one call of the session. */
export const registerClient = (
  session: Session<'get' | 'put' | 'compare-and-set'>,
): Readonly<Record<string, Perform>> => ({
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
});
