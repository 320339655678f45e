import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { classify } from '../../src/core/error-registry.ts';
import type { Value } from '../../src/core/seams/system.ts';
import { fakeGateway, type FakeGateway, type Reply } from './gateway.fixture.ts';
import { openSession, type EtcdSession } from './session.ts';

const never = new AbortController().signal;
const header = { cluster_id: '1', member_id: '2', revision: '3', raft_term: '4' };
const done: Reply = { json: { header } };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function opened(gateway: FakeGateway, serializableReads = false) {
  const session = await openSession(gateway.address, { serializableReads });
  return Object.assign(session, { [Symbol.asyncDispose]: () => session.close() });
}

/** What becomes of each call when the node replies so, as the history would have it. */
async function outcomes(reply: Reply) {
  const of = async (call: (session: EtcdSession) => Promise<unknown>) => {
    await using gateway = await fakeGateway([reply]);
    await using session = await opened(gateway);
    const outcome = await call(session).catch(classify);
    expect(gateway.asked).toHaveLength(1);
    return outcome;
  };
  return {
    get: await of((session) => session.get('k', never)),
    put: await of((session) => session.put('k', 1, never)),
    cas: await of((session) => session['compare-and-set']('k', 1, 2, never)),
  };
}

describe('a session asks', () => {
  const request = async (
    call: (session: EtcdSession) => Promise<unknown>,
    serializable = false,
  ) => {
    await using gateway = await fakeGateway([done]);
    await using session = await opened(gateway, serializable);
    await call(session);
    const [{ method, path, body }] = gateway.asked as [FakeGateway['asked'][number]];
    return [method, path, body];
  };
  const key = base64('schlüssel');

  test('a get as a linearizable range of one key', async () => {
    expect(await request((session) => session.get('schlüssel', never))).toEqual([
      'POST',
      '/v3/kv/range',
      { key },
    ]);
  });

  test('a serializable one only where that is asked for', async () => {
    expect(await request((session) => session.get('schlüssel', never), true)).toEqual([
      'POST',
      '/v3/kv/range',
      { key, serializable: true },
    ]);
  });

  test.each<[Value, string]>([
    [7, '7'],
    ['7', '"7"'],
    ['ü', '"ü"'],
  ])('a put of %j as JSON in base64', async (value, text) => {
    expect(await request((session) => session.put('schlüssel', value, never))).toEqual([
      'POST',
      '/v3/kv/put',
      { key, value: base64(text) },
    ]);
  });

  test('a put of null as deleting the key', async () => {
    expect(await request((session) => session.put('schlüssel', null, never))).toEqual([
      'POST',
      '/v3/kv/deleterange',
      { key },
    ]);
  });

  test.each<[Value, Value, object, object]>([
    [1, 2, { target: 'VALUE', value: base64('1') }, { request_put: { key, value: base64('2') } }],
    [
      null,
      2,
      { target: 'CREATE', create_revision: '0' },
      { request_put: { key, value: base64('2') } },
    ],
    [1, null, { target: 'VALUE', value: base64('1') }, { request_delete_range: { key } }],
  ])('a compare-and-set from %j to %j as a transaction', async (from, to, expected, operation) => {
    const asked = request((session) => session['compare-and-set']('schlüssel', from, to, never));
    expect(await asked).toEqual([
      'POST',
      '/v3/kv/txn',
      { compare: [{ key, result: 'EQUAL', ...expected }], success: [operation] },
    ]);
  });
});

describe('a session understands', () => {
  const answered = async <T>(json: object, call: (session: EtcdSession) => Promise<T>) => {
    await using gateway = await fakeGateway([{ json: { header, ...json } }]);
    await using session = await opened(gateway);
    return await call(session);
  };
  const get = (session: EtcdSession) => session.get('k', never);
  const cas = (session: EtcdSession) => session['compare-and-set']('k', 1, 2, never);

  test('a value, and that there is none', async () => {
    const kvs = [{ key: base64('k'), mod_revision: '9', value: base64('"a"') }];
    expect(await answered({ kvs, count: '1' }, get)).toBe('a');
    expect(await answered({}, get)).toBe(null);
  });

  test('that a transaction was done, and, where nothing is said of that, that it was not', async () => {
    expect(await answered({ succeeded: true }, cas)).toBe(true);
    expect(await answered({}, cas)).toBe(false);
  });

  test.each([
    ['a value that is none of ours', { kvs: [{ value: base64('[1]') }] }],
    ['a value that is no JSON', { kvs: [{ value: base64('{') }] }],
    ['a key without its value', { kvs: [{}] }],
    ['keys that are no list', { kvs: {} }],
  ])('that %s is no answer to a read', async (_, json) => {
    await expect(answered(json, get)).rejects.toMatchObject({ code: 'read-unanswered' });
  });

  test('that a transaction which succeeded "perhaps" is of unknown outcome', async () => {
    await expect(answered({ succeeded: 'perhaps' }, cas)).rejects.toMatchObject({
      code: 'bad-answer',
    });
  });
});

describe('only what definitely did not happen fails', () => {
  const etcdSays = (says: string, status: number, code: number): Reply => ({
    status,
    json: { error: says, message: says, code },
  });
  const unanswered = { type: 'fail', error: 'read-unanswered' };
  const unknown = (error: string) => ({ type: 'info', error });

  test('a request that was refused before it was proposed', async () => {
    const refused = { type: 'fail', error: 'too-many-waiting' };
    expect(await outcomes(etcdSays('etcdserver: too many requests', 429, 8))).toEqual({
      get: refused,
      put: refused,
      cas: refused,
    });
  });

  test.each<[string, Reply, string]>([
    ['timed out', etcdSays('etcdserver: request timed out', 503, 14), 'timeout'],
    [
      'timed out with a reason',
      etcdSays('etcdserver: request timed out, possibly due to connection lost', 503, 14),
      'timeout',
    ],
    ['saw the leader change', etcdSays('etcdserver: leader changed', 503, 14), 'leader-changed'],
    ['knew no leader', etcdSays('etcdserver: no leader', 503, 14), 'node-failed'],
    ['was stopping', etcdSays('etcdserver: server stopped', 503, 14), 'node-failed'],
    ['was too big', etcdSays('etcdserver: mvcc: database space exceeded', 429, 8), 'node-failed'],
    ['was not understood', etcdSays('unexpected EOF', 400, 3), 'node-failed'],
    [
      'was refused in words that only begin later versions',
      { status: 503, json: { code: 14, message: 'etcdserver: leader changed', details: [] } },
      'leader-changed',
    ],
    ['met a proxy', { status: 502, text: 'bad gateway' }, 'node-failed'],
    ['was sent elsewhere', { status: 302, text: '' }, 'node-failed'],
    ['was answered with no JSON', { text: 'well' }, 'bad-answer'],
    ['was answered with a list', { text: '[]' }, 'bad-answer'],
    ['was answered by no etcd', { json: {} }, 'bad-answer'],
    ['was answered without end', { text: 'x'.repeat(2 ** 20 + 1) }, 'bad-answer'],
    ['lost its connection', (_, socket) => socket.destroy(), 'connection-lost'],
    ['lost it by a reset', (_, socket) => socket.resetAndDestroy(), 'connection-lost'],
    [
      'lost it in the middle of the answer',
      (response, socket) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"header":{}', () => socket.destroy());
      },
      'connection-lost',
    ],
  ])('one that %s may have', async (_, reply, error) => {
    expect(await outcomes(reply)).toEqual({
      get: unanswered,
      put: unknown(error),
      cas: unknown(error),
    });
  });

  test('one whose client stopped waiting may have', async () => {
    const stop = new AbortController();
    await using gateway = await fakeGateway([() => stop.abort()]);
    await using session = await opened(gateway);
    await expect(session.put('k', 1, stop.signal)).rejects.toMatchObject({ code: 'aborted' });
    expect(session.isOpen?.()).toBe(false);
  });
});

describe('a connection', () => {
  test('is one for all of a session, and open between its requests', async () => {
    await using gateway = await fakeGateway([done]);
    await using session = await opened(gateway);
    for (const value of [1, 2, 3]) await session.put('k', value, never);
    expect(gateway.asked.map(({ connection }) => connection)).toEqual([1, 1, 1]);
    expect(gateway.sockets).toHaveLength(1);
    expect(session.isOpen?.()).toBe(true);
  });

  test('outlives a refusal', async () => {
    await using gateway = await fakeGateway([{ status: 503, json: { message: 'no' } }, done]);
    await using session = await opened(gateway);
    await expect(session.put('k', 1, never)).rejects.toMatchObject({ code: 'node-failed' });
    await session.put('k', 2, never);
    expect(gateway.sockets).toHaveLength(1);
  });

  test('that the node has closed is not made again: the next request is not sent', async () => {
    await using gateway = await fakeGateway([done]);
    await using session = await opened(gateway);
    await session.put('k', 1, never);
    gateway.sockets[0]!.end();
    await expect.poll(() => session.isOpen?.()).toBe(false);
    await expect(session.put('k', 2, never)).rejects.toMatchObject({ code: 'not-sent' });
    expect([gateway.asked.length, gateway.sockets.length]).toEqual([1, 1]);
  });

  test('that the node closes as it answers serves that answer and no more', async () => {
    await using gateway = await fakeGateway([
      (response) =>
        response.writeHead(200, { connection: 'close' }).end(JSON.stringify({ header })),
    ]);
    await using session = await opened(gateway);
    await session.put('k', 1, never);
    await expect(session.put('k', 2, never)).rejects.toMatchObject({ code: 'not-sent' });
    expect([gateway.asked.length, gateway.sockets.length]).toEqual([1, 1]);
  });

  test('sends nothing for a client that has given up', async () => {
    await using gateway = await fakeGateway([done]);
    await using session = await opened(gateway);
    const call = session.put('k', 1, AbortSignal.abort());
    await expect(call).rejects.toMatchObject({ code: 'not-sent' });
    expect(gateway.asked).toEqual([]);
  });
});

describe('no session is opened', () => {
  const opening = (address: { host: string; port: number }) =>
    expect(openSession(address, { serializableReads: false })).rejects.toMatchObject({
      code: 'not-connected',
    });

  test('where nobody listens', async () => {
    const gateway = await fakeGateway([done]);
    await gateway[Symbol.asyncDispose]();
    await opening(gateway.address);
  });

  test('where a link accepts and there is no node behind it', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await opening({ host: '127.0.0.1', port });
    server.close();
  });

  test('where the node does not tell its version', async () => {
    await using gateway = await fakeGateway([done], { status: 503, text: 'starting' });
    await opening(gateway.address);
    await expect.poll(() => gateway.sockets[0]!.destroyed).toBe(true);
  });
});
