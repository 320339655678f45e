/** What workloads of many small independent objects have in common: a window of active keys, and every key read last. */
import type { Key } from '../src/core/history/entry.ts';
import type { Generator, OperationSpec } from '../src/core/seams/generator.ts';
import type { Random } from '../src/core/random.ts';
import { fromFunction } from '../src/generator/operations.ts';
import { perKey } from '../src/generator/per-key.ts';

/** The key that clients use to find out whether the system works again. */
const recoveryKey = 'recovery';

const keysAtATime = 5;
const operationsPerKey = 120;
/** Every key is read at the end by this many clients in turn, so that more than one node answers for it. */
const finalRounds = 2;

/** Keys in turn, each with its share of what `operations` makes from a random stream of the key's own. */
export const keysInTurn = (random: Random, operations: (random: Random) => Generator): Generator =>
  perKey({
    keys: (n) => n,
    window: keysAtATime,
    operationsMax: operationsPerKey,
    generator: (key) => operations(random.fork(`key/${key}`)),
  });

/** The same, the n-th operation of a key made by itself. */
export const operationsOnKeys = (
  random: Random,
  make: (drawn: Random, n: number) => OperationSpec,
): Generator => keysInTurn(random, (ofKey) => fromFunction(ofKey, make));

/** The last looks at the keys, round after round. */
export const lastLooks = (random: Random, keys: readonly Key[], f = 'read'): Generator =>
  fromFunction(random, (_, n) =>
    n < keys.length * finalRounds ? { f, key: keys[n % keys.length]!, value: null } : undefined,
  );

/** By turns what `make` makes of a number that no other attempt has, and a look at what is there. */
export const changesAndLooks = (
  random: Random,
  { concurrency }: { readonly concurrency: number },
  thread: number,
  make: (unique: number) => Pick<OperationSpec, 'f' | 'value'>,
  look = 'read',
): Generator =>
  fromFunction(random.fork('recovery'), (_, n) => ({
    ...(n % 2 === 0 ? make(n * concurrency + thread) : { f: look, value: null }),
    key: recoveryKey,
  }));
