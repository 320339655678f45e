import { describe, expect, test } from 'vitest';
import { generation } from '../patterns/generation-clock/generation.ts';
import { idempotentReceiver } from '../patterns/idempotent-receiver/idempotent-receiver.ts';
import { logIndex } from '../patterns/write-ahead-log/entry.ts';
import { done, keyValueStore } from './key-value.ts';
import type { Change, Command, Reply } from './messages.ts';

function storeWithClient() {
  const forgotten: Reply = { ok: false, code: 'reply-forgotten' };
  const store = keyValueStore(idempotentReceiver<Reply>({ keptForEntries: 100, forgotten }));
  let index = 0;
  const apply = (command: Command) =>
    store.apply({ index: logIndex(++index), generation: generation(1), command });
  let number = 0;
  const change = (one: Change) => apply({ client: 'c', number: ++number, ...one });
  return { store, apply, change };
}

const put = (key: string, value: number): Change => ({ call: 'put', key, value });
const swap = (key: string, from: number | null, to: number): Change => ({
  call: 'compare-and-set',
  key,
  from,
  to,
});

describe('the key-value store', () => {
  test('a key has its last value, and null before the first', () => {
    const { store, change } = storeWithClient();
    expect(store.get('a')).toBeNull();
    expect(change(put('a', 1))).toEqual(done);
    change(put('b', 2));
    expect([store.get('a'), store.get('b')]).toEqual([1, 2]);
  });

  test('a compare-and-set changes the value that it names', () => {
    const { store, change } = storeWithClient();
    expect(change(swap('a', null, 1))).toEqual({ ok: true, value: true });
    expect(change(swap('a', 1, 2))).toEqual({ ok: true, value: true });
    expect(store.get('a')).toBe(2);
  });

  test('and leaves any other', () => {
    const { store, change } = storeWithClient();
    change(put('a', 1));
    expect(change(swap('a', 2, 3))).toEqual({ ok: true, value: false });
    expect(store.get('a')).toBe(1);
  });

  test('a request that stands in the log twice takes effect once', () => {
    const { store, apply } = storeWithClient();
    const request: Command = { client: 'c', number: 1, ...swap('a', null, 1) };
    expect(apply(request)).toEqual({ ok: true, value: true });
    expect(apply(request)).toEqual({ ok: true, value: true });
    apply({ client: 'd', number: 1, ...put('a', 2) });
    apply(request);
    expect(store.get('a')).toBe(2);
  });

  test('what a leader puts first asks for nothing', () => {
    expect(storeWithClient().apply({ call: 'no-op' })).toBeUndefined();
  });
});
