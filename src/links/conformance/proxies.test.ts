/** Proxies through the HTTP API: made, shown, changed, populated, reset, removed. Connections: see `connections.test.ts`. */
import { describe, expect, test } from 'vitest';
import type { Answer } from './call.fixture.ts';
import { call } from './call.fixture.ts';
import { openUpstream } from '../peers.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

interface Shown {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  readonly toxics: readonly { readonly name: string }[];
}

describe.each(servers)('proxies of the $name server', (server) => {
  const api = useServer(server);
  const ask = (method: string, path: string, body: object | string = ''): Promise<Answer> =>
    call(api.running.apiUrl, {
      method,
      path,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const shown = async (name: string): Promise<Shown> =>
    JSON.parse((await ask('GET', `/proxies/${encodeURIComponent(name)}`)).body) as Shown;
  const make = async (name: string, more: object = {}): Promise<Shown> => {
    const body = { name, listen: '127.0.0.1:0', upstream: '127.0.0.1:1', ...more };
    return JSON.parse((await ask('POST', '/proxies', body)).body) as Shown;
  };

  test('a proxy is shown as it was made, with the address that the system gave it', async () => {
    const answer = await ask('POST', '/proxies', {
      name: 'made',
      listen: 'localhost:0',
      upstream: 'nobody.invalid:1',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).toMatch(
      /^\{"name":"made","listen":"127\.0\.0\.1:\d+","upstream":"nobody\.invalid:1","enabled":true,"Logger":\{\},"toxics":\[\]\}$/,
    );
    expect((await ask('GET', '/proxies/made')).body).toBe(answer.body);
  });

  test('a proxy that is made disabled keeps the address as it was given', async () => {
    expect(await make('asleep', { enabled: false, listen: '' })).toMatchObject({
      listen: '',
      enabled: false,
    });
  });

  test('names of fields match in any case, unknown fields and what follows the value do not matter', async () => {
    const body =
      '{"NAME":"any case","Upstream":"u:1","enabled":false,"nosuch":{"a":[1]},"listen":null} x';
    const answer = await ask('POST', '/proxies', body);
    expect(answer.body).toBe(
      '{"name":"any case","listen":"","upstream":"u:1","enabled":false,"Logger":{},"toxics":[]}',
    );
  });

  test('any name will do, and is shown as JSON for pages', async () => {
    const name = 'n1→n2 <&> \u2028 "é" 1%';
    await make(name, { enabled: false });
    const answer = await ask('GET', `/proxies/${encodeURIComponent(name)}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(String.raw`{"name":"n1→n2 \u003c\u0026\u003e \u2028 \"é\" 1%",`);
    expect(JSON.parse(answer.body)).toMatchObject({ name });
  });

  test('all are listed by name, in the order of bytes', async () => {
    for (const name of ['z', '10', '9', 'Z']) await make(name, { enabled: false });
    const { body } = await ask('GET', '/proxies');
    const places = ['"10":', '"9":', '"Z":', '"z":'].map((key) => body.indexOf(key));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('an address that is taken is refused, and no proxy is made', async () => {
    await using taken = await openUpstream();
    const answer = await ask('POST', '/proxies', {
      name: 'late',
      listen: taken.address,
      upstream: 'u:1',
    });
    const error = `listen tcp ${taken.address}: bind: address already in use`;
    expect(answer.body).toBe(`${JSON.stringify({ error, status: 500 })}\n`);
    expect((await ask('GET', '/proxies/late')).status).toBe(404);
  });

  test('a proxy is removed once', async () => {
    await make('short-lived');
    const removed = await ask('DELETE', '/proxies/short-lived');
    const headers = { connection: 'close' };
    expect(removed).toEqual({ status: 204, headers, identified: true, body: '' });
    expect((await ask('DELETE', '/proxies/short-lived')).status).toBe(404);
  });

  describe('changes', () => {
    test.each(['POST', 'PATCH'])('%s changes what is given, and never the name', async (method) => {
      const name = `changed by ${method}`;
      const { listen } = await make(name);
      const body = { name: 'other', upstream: '127.0.0.1:2', enabled: null };
      const answer = await ask(method, `/proxies/${encodeURIComponent(name)}`, body);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({
        name,
        listen,
        upstream: '127.0.0.1:2',
        enabled: true,
      });
    });

    test('disabled and enabled again, it has the address that it had, and its toxics', async () => {
      const { listen } = await make('switched');
      await ask('POST', '/proxies/switched/toxics', { type: 'timeout' });
      await ask('PATCH', '/proxies/switched', { enabled: false });
      expect(await shown('switched')).toMatchObject({ enabled: false, listen });
      await ask('PATCH', '/proxies/switched', { enabled: true });
      const toxics = [{ name: 'timeout_downstream' }];
      expect(await shown('switched')).toMatchObject({ enabled: true, listen, toxics });
    });

    test('one that cannot listen where it is moved to stays there, disabled', async () => {
      await using taken = await openUpstream();
      await make('stuck');
      const answer = await ask('PATCH', '/proxies/stuck', { listen: taken.address });
      expect(answer.status).toBe(500);
      expect(await shown('stuck')).toMatchObject({ enabled: false, listen: taken.address });
    });
  });

  describe('populate', () => {
    const path = '/populate';
    const refused = (error: string, status = 400) =>
      `{"error":${JSON.stringify(error)},"status":${status},"proxies":null}`;

    test('makes proxies, enabled unless it says otherwise, and shows them in the order given', async () => {
      const answer = await ask('POST', path, [
        { name: 'p2', upstream: 'u:2', listen: '127.0.0.1:0' },
        { name: 'p1', upstream: 'u:1', listen: 'x', enabled: false },
      ]);
      expect(answer.status).toBe(201);
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.body).toMatch(
        /^\{"proxies":\[\{"name":"p2","listen":"127\.0\.0\.1:\d+","upstream":"u:2","enabled":true,"Logger":\{\},"toxics":\[\]\},\{"name":"p1","listen":"x","upstream":"u:1","enabled":false,"Logger":\{\},"toxics":\[\]\}\]\}$/,
      );
    });

    test('keeps one that stands at the same addresses, its toxics and whether it is enabled', async () => {
      const { listen } = await make('kept');
      await ask('POST', '/proxies/kept/toxics', { type: 'latency' });
      const again = { name: 'kept', listen, upstream: '127.0.0.1:1', enabled: false };
      expect((await ask('POST', path, [again])).status).toBe(201);
      const toxics = [{ name: 'latency_downstream' }];
      expect(await shown('kept')).toMatchObject({ enabled: true, toxics });
    });

    test('replaces one that stands at others, and its toxics are gone', async () => {
      const { listen } = await make('replaced');
      await ask('POST', '/proxies/replaced/toxics', { type: 'latency' });
      await ask('POST', path, [{ name: 'replaced', listen, upstream: '127.0.0.1:2' }]);
      expect(await shown('replaced')).toMatchObject({ upstream: '127.0.0.1:2', toxics: [] });
    });

    test.each([
      ['', 'bad request body: EOF'],
      [
        '{}',
        String.raw`bad request body: json: cannot unmarshal object into Go value of type []struct { toxiproxy.Proxy; Enabled *bool "json:\"enabled\"" }`,
      ],
      [
        '[1]',
        String.raw`bad request body: json: cannot unmarshal number into Go value of type struct { toxiproxy.Proxy; Enabled *bool "json:\"enabled\"" }`,
      ],
      [
        '[{"name":1}]',
        'bad request body: json: cannot unmarshal number into Go struct field .Proxy.name of type string',
      ],
      [
        '[{"enabled":1}]',
        'bad request body: json: cannot unmarshal number into Go struct field .enabled of type bool',
      ],
      [
        '[{"name":"never","upstream":"u:1"},{"upstream":"u"}]',
        'missing required field: name at proxy 2',
      ],
      ['[{"name":"never"}]', 'missing required field: upstream at proxy 1'],
    ])('%s is refused, and nothing is made', async (body, error) => {
      const answer = await ask('POST', path, body);
      expect(answer.body).toBe(refused(error));
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/json');
      expect((await ask('GET', '/proxies/never')).status).toBe(404);
    });

    test.each(['[]', 'null'])('%s makes none', async (body) => {
      expect(await ask('POST', path, body)).toMatchObject({
        status: 201,
        body: '{"proxies":null}',
      });
    });

    test('stops at the first that cannot listen; those before it stay', async () => {
      await using taken = await openUpstream();
      const answer = await ask('POST', path, [
        { name: 'before', upstream: 'u:1', enabled: false },
        { name: 'cannot', upstream: 'u:1', listen: taken.address },
        { name: 'behind', upstream: 'u:1', enabled: false },
      ]);
      const error = `listen tcp ${taken.address}: bind: address already in use`;
      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.body)).toMatchObject({
        error,
        status: 500,
        proxies: [{ name: 'before' }],
      });
      expect((await ask('GET', '/proxies/behind')).status).toBe(404);
    });
  });
});

describe.each(servers)('reset of the $name server', (server) => {
  const api = useServer(server);
  const ask = (method: string, path: string, body: object = {}): Promise<Answer> =>
    call(api.running.apiUrl, { method, path, body: JSON.stringify(body) });
  const make = (name: string, listen = '127.0.0.1:0') =>
    ask('POST', '/proxies', { name, listen, upstream: '127.0.0.1:1', enabled: false });

  test('enables every proxy and removes every toxic', async () => {
    for (const name of ['r1', 'r2']) {
      await make(name);
      await ask('POST', `/proxies/${name}/toxics`, { type: 'latency' });
      await ask('POST', `/proxies/${name}/toxics`, { type: 'timeout', stream: 'upstream' });
    }
    await ask('PATCH', '/proxies/r1', { enabled: true });
    const answer = await ask('POST', '/reset');
    const headers = { connection: 'close' };
    expect(answer).toEqual({ status: 204, headers, identified: true, body: '' });
    for (const name of ['r1', 'r2']) {
      const { body } = await ask('GET', `/proxies/${name}`);
      expect(JSON.parse(body)).toMatchObject({ enabled: true, toxics: [] });
    }
  });

  test('fails when a proxy cannot listen', async () => {
    await using taken = await openUpstream();
    await make('cannot', taken.address);
    const answer = await ask('POST', '/reset');
    const error = `listen tcp ${taken.address}: bind: address already in use`;
    expect(answer).toMatchObject({
      status: 500,
      body: `${JSON.stringify({ error, status: 500 })}\n`,
    });
    await ask('DELETE', '/proxies/cannot');
  });
});
