/**
 * A key-value store as one object whose state is all that it holds: what is left to a user whose operations span keys, so that
 * nothing can be partitioned. As a model of one's own, with what that may say of itself.
 */
import { illegal } from '../checkers/linearizability/model.ts';
import type { OwnModel } from '../checkers/linearizability/own-model.ts';
import { historyInColumns, columnsOfEntries } from '../src/core/history/entry-columns.ts';
import type { History, Key } from '../src/core/history/entry.ts';

type Store = ReadonlyMap<Key, string>;

interface Call {
  readonly f: string;
  readonly key: Key;
  /** Of a get, its answer. */
  readonly text: string;
}

const textOf = (store: Store, key: Key): string => store.get(key) ?? '';

/** Without `partition`, and without the keys that histories are split by. */
export const wholeStore: OwnModel<Store, Call> = {
  name: 'whole-store',
  says: 'get, put and append on a map of texts',
  functions: ['get', 'put', 'append'],
  initial: new Map(),
  call({ f, input, output }) {
    const [key, argument] = input as [Key, string | null];
    const answer = (output as [Key, string | null] | undefined)?.[1];
    return { f, key, text: (f === 'get' ? answer : argument) ?? '' };
  },
  step(store, { f, key, text }) {
    if (f === 'get') return textOf(store, key) === text ? store : illegal;
    return new Map(store).set(key, f === 'append' ? textOf(store, key) + text : text);
  },
  equal: (a, b) => a.size === b.size && [...a].every(([key, text]) => b.get(key) === text),
  hash(store) {
    let hash = 0;
    for (const [key, text] of store) hash ^= hashOf(`${key} ${text}`);
    return hash;
  },
  readOnly: ({ f }) => f === 'get',
  canReach: (store, { f, key, text }) => f !== 'get' || text.startsWith(textOf(store, key)),
  resets: ({ f, key, text }, _, asked) =>
    f === 'put' && key === asked.key && asked.text.startsWith(text),
};

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  return hash;
}

/** The same history without keys: each is a part of what is asked and answered. */
export function unkeyed({ header, entries, torn }: History): History {
  const whole = entries.map(({ key, value, ...entry }) => ({ ...entry, value: [key, value] }));
  return historyInColumns(header, columnsOfEntries(whole)!, torn);
}
