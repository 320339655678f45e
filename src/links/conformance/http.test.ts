/** The HTTP API, answer by answer: statuses, headers and bodies as the real server gives them. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Call } from './call.fixture.ts';
import { call } from './call.fixture.ts';
import { refusals } from './refusals.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

/** The headers of an answer whose length is known; the suite's connections are closed after each. */
const headers = (type: string | undefined, body: string): Record<string, string> => ({
  ...(type === undefined ? {} : { 'content-type': type }),
  'content-length': String(Buffer.byteLength(body)),
  connection: 'close',
});
const json = (body: string) => headers('application/json', body);
const plain = (body: string) => ({
  ...headers('text/plain; charset=utf-8', body),
  'x-content-type-options': 'nosniff',
});

const standing = {
  name: 'standing',
  upstream: '127.0.0.1:1',
  enabled: false,
  listen: '127.0.0.1:0',
};
const shownToxic =
  '{"attributes":{"latency":3,"jitter":0},"name":"slow","type":"latency","stream":"downstream","toxicity":1}';
const shown = `{"name":"standing","listen":"127.0.0.1:0","upstream":"127.0.0.1:1","enabled":false,"Logger":{},"toxics":[${shownToxic}]}`;

describe.each(servers)('the HTTP API of the $name server', (server) => {
  const api = useServer(server);
  const ask = (method: string, path: string, body = ''): Promise<Answer> =>
    call(api.running.apiUrl, { method, path, body });

  beforeAll(async () => {
    await ask('POST', '/proxies', JSON.stringify(standing));
    const toxic = '{"type":"latency","name":"slow","attributes":{"latency":3}}';
    await ask('POST', '/proxies/standing/toxics', toxic);
  });

  test.each(refusals)(
    '%s %s with %j is refused: %i %s',
    async (method, path, sent, status, error) => {
      const body = `${JSON.stringify({ error, status })}\n`;
      const answer = await ask(method, path, sent);
      expect(answer).toEqual({ status, headers: plain(body), identified: true, body });
    },
  );

  test('what was refused changed nothing', async () => {
    expect((await ask('GET', '/proxies')).body).toBe(`{"standing":${shown}}`);
  });

  test.each<[Call, number, string]>([
    [{ method: 'GET', path: '/nope' }, 404, '404 page not found\n'],
    [{ method: 'GET', path: '/proxies/' }, 404, '404 page not found\n'],
    [{ method: 'GET', path: '/proxies/a%2Fb' }, 404, '404 page not found\n'],
    [{ method: 'GET', path: '/nope', userAgent: 'Mozilla/5.0' }, 404, '404 page not found\n'],
  ])('%j is an unknown path', async (request, status, body) => {
    const answer = await call(api.running.apiUrl, request);
    expect(answer).toEqual({ status, headers: plain(body), identified: false, body });
  });

  test.each(['DELETE /proxies', 'PUT /proxies/standing', 'OPTIONS /proxies', 'POST /version'])(
    '%s is not allowed, and says nothing else',
    async (request) => {
      const [method, path] = request.split(' ') as [string, string];
      expect(await ask(method, path)).toEqual({
        status: 405,
        headers: headers(undefined, ''),
        identified: false,
        body: '',
      });
    },
  );

  test('HEAD is not allowed where GET is, and its answer has no length', async () => {
    expect(await ask('HEAD', '/version')).toEqual({
      status: 405,
      headers: { connection: 'close' },
      identified: false,
      body: '',
    });
  });

  test.each([
    ['//proxies', '/proxies'],
    ['/proxies/../version', '/version'],
    ['/proxies/./standing/?a=1', '/proxies/standing/?a=1'],
    ['/proxies//a%20%C3%A9%21', '/proxies/a%20%C3%A9%21'],
  ])('%s is redirected to its clean form', async (path, location) => {
    const answer = await ask('GET', path);
    expect(answer).toMatchObject({ status: 301, identified: false, body: '' });
    expect(answer.headers).toEqual({ ...headers(undefined, ''), location });
  });

  test('a malformed escape in a path is a bad request', async () => {
    expect(await ask('GET', '/proxies/%zz')).toEqual({
      status: 400,
      headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
      identified: false,
      body: '400 Bad Request',
    });
  });

  test('browsers are refused', async () => {
    const body = 'User agent not allowed\n';
    const browser = { method: 'GET', path: '/proxies', userAgent: 'Mozilla/5.0 (X11)' };
    const answer = await call(api.running.apiUrl, browser);
    expect(answer).toEqual({ status: 403, headers: plain(body), identified: true, body });
  });

  test('who only mentions a browser is not', async () => {
    const userAgent = 'curl, not Mozilla/5.0';
    const answer = await call(api.running.apiUrl, { method: 'GET', path: '/proxies', userAgent });
    expect(answer.status).toBe(200);
  });

  test('the version is JSON in a line', async () => {
    const { body, ...answer } = await ask('GET', '/version');
    expect(body).toMatch(/^\{"version": "[^"]+"\}\n$/);
    const type = 'application/json;charset=utf-8';
    expect(answer).toEqual({ status: 200, headers: headers(type, body), identified: true });
  });

  test.each([
    ['/proxies', `{"standing":${shown}}`],
    ['/proxies?a=b', `{"standing":${shown}}`],
    ['/proxies/standing', shown],
    ['/proxies/standing/toxics', `[${shownToxic}]`],
    ['/proxies/standing/toxics/slow', shownToxic],
  ])('GET %s shows what there is', async (path, body) => {
    const answer = await ask('GET', path);
    expect(answer).toEqual({ status: 200, headers: json(body), identified: true, body });
  });

  test('an answer too long to be buffered comes in chunks', async () => {
    await ask('POST', '/proxies', JSON.stringify({ ...standing, name: 'x'.repeat(1024) }));
    const answer = await ask('GET', '/proxies');
    expect(answer.body.length).toBeGreaterThan(2048);
    expect(answer.headers).toEqual({
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
      connection: 'close',
    });
    await ask('DELETE', `/proxies/${'x'.repeat(1024)}`);
  });
});
