import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { logIndex } from '../write-ahead-log/entry.ts';
import { idempotentReceiverBugs } from './bugs.ts';
import { idempotentReceiver, type MakeIdempotentReceiver } from './idempotent-receiver.ts';

/** A counter behind a receiver: each request adds one and gets the sum. */
function counterBehind(make: MakeIdempotentReceiver = idempotentReceiver, keptForEntries = 100) {
  const receiver = make<number | 'forgotten'>({ keptForEntries, forgotten: 'forgotten' });
  let at = 0;
  let sum = 0;
  const request = (client: string, number: number) =>
    receiver.receive(logIndex(++at), { client, number }, () => ++sum);
  return { request, receiver, sum: () => sum };
}

describe('idempotent receiver', () => {
  test('a request that comes twice takes effect once, and gets its first reply', () => {
    const { request, sum } = counterBehind();
    expect([request('a', 1), request('b', 1), request('a', 1)]).toEqual([1, 2, 1]);
    expect(sum()).toBe(2);
  });

  test('the next request of the client is another one', () => {
    const { request } = counterBehind();
    expect([request('a', 1), request('a', 2)]).toEqual([1, 2]);
  });

  test('one that is older than the client’s last is not executed, though its reply is gone', () => {
    const { request, sum } = counterBehind();
    request('a', 1);
    request('a', 2);
    expect(request('a', 1)).toBe('forgotten');
    expect(sum()).toBe(2);
  });

  test('a client is known by whatever number it begins with', () => {
    const { request } = counterBehind();
    expect([request('a', 7), request('a', 7), request('a', 6)]).toEqual([1, 1, 'forgotten']);
  });

  test('a silent client is forgotten after its time, counted in entries', () => {
    const { request, receiver } = counterBehind(idempotentReceiver, 10);
    request('silent', 1);
    for (let n = 1; n <= 10; n++) request('busy', n);
    expect(receiver.clients).toBe(2);
    request('busy', 11);
    expect(receiver.clients).toBe(1);
  });

  test('a retry keeps its client from being forgotten', () => {
    const { request } = counterBehind(idempotentReceiver, 10);
    expect(request('a', 1)).toBe(1);
    for (let n = 1; n <= 9; n++) request('busy', n);
    expect(request('a', 1)).toBe(1);
    for (let n = 10; n <= 18; n++) request('busy', n);
    expect(request('a', 1)).toBe(1);
  });

  const requests = fc.array(
    fc.record({ client: fc.constantFrom('a', 'b', 'c'), number: fc.integer({ min: 1, max: 5 }) }),
  );
  test.prop([requests])('the effect is that of each request once', (given) => {
    const { request, sum } = counterBehind(idempotentReceiver, 1000);
    for (const { client, number } of given) request(client, number);
    const newest = new Map<string, number>();
    let distinct = 0;
    for (const { client, number } of given) {
      if (number <= (newest.get(client) ?? 0)) continue;
      newest.set(client, number);
      distinct++;
    }
    expect(sum()).toBe(distinct);
  });

  test.prop([requests, fc.integer({ min: 1, max: 6 })])(
    'two nodes that get the same entries keep the same replies, expiry included',
    (given, kept) => {
      const [one, other] = [
        counterBehind(idempotentReceiver, kept),
        counterBehind(idempotentReceiver, kept),
      ];
      for (const { client, number } of given)
        expect(one.request(client, number)).toBe(other.request(client, number));
      expect(one.receiver.clients).toBe(other.receiver.clients);
    },
  );

  test('no-dedup executes it every time', () => {
    const { request } = counterBehind(idempotentReceiverBugs['no-dedup'].part);
    expect([request('a', 1), request('a', 1)]).toEqual([1, 2]);
  });
});
