/** Toxics through the HTTP API: made, shown, changed, removed. What they do to bytes: see the tests of each. */
import { describe, expect, test } from 'vitest';
import type { Answer } from './call.fixture.ts';
import { call } from './call.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

describe.each(servers)('toxics of the $name server', (server) => {
  const api = useServer(server);
  let proxies = 0;

  /** Calls about the toxics of a fresh proxy. */
  async function freshProxy(): Promise<
    (method: string, path: string, body?: string) => Promise<Answer>
  > {
    const name = `fresh-${++proxies}`;
    const { apiUrl } = api.running;
    const body = JSON.stringify({ name, upstream: 'u:1', enabled: false });
    await call(apiUrl, { method: 'POST', path: '/proxies', body });
    return (method, path, body = '') =>
      call(apiUrl, { method, path: `/proxies/${name}/toxics${path}`, body });
  }

  test.each([
    ['bandwidth', '{"rate":0}'],
    ['latency', '{"latency":0,"jitter":0}'],
    ['limit_data', '{"bytes":0}'],
    ['noop', '{}'],
    ['reset_peer', '{"timeout":0}'],
    ['slicer', '{"average_size":0,"size_variation":0,"delay":0}'],
    ['slow_close', '{"delay":0}'],
    ['timeout', '{"timeout":0}'],
  ])('%s has its defaults', async (type, attributes) => {
    const ask = await freshProxy();
    const answer = await ask('POST', '', JSON.stringify({ type }));
    expect(answer).toMatchObject({ status: 200, identified: true });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).toBe(
      `{"attributes":${attributes},"name":"${type}_downstream","type":"${type}","stream":"downstream","toxicity":1}`,
    );
  });

  test.each([
    ['{"latency":-5,"jitter":9007199254740991}', '{"latency":-5,"jitter":9007199254740991}'],
    ['{"Latency":1,"LATENCY":2,"other":"x"}', '{"latency":2,"jitter":0}'],
    ['{"latency":null}', '{"latency":0,"jitter":0}'],
    ['null', '{"latency":0,"jitter":0}'],
  ])('attributes %s are shown as %s', async (given, shown) => {
    const ask = await freshProxy();
    const answer = await ask('POST', '', `{"type":"latency","attributes":${given}}`);
    expect(answer.body).toContain(`"attributes":${shown},`);
  });

  test.each([
    ['0.1', '0.1'],
    ['0.123456789', '0.12345679'],
    ['1e-7', '1e-7'],
    ['2', '2'],
    ['-3.50', '-3.5'],
    ['1e21', '1e+21'],
    ['16777217', '16777216'],
    ['0', '0'],
  ])('a toxicity of %s is kept in 32 bits, and shown as %s', async (given, shown) => {
    const ask = await freshProxy();
    const answer = await ask('POST', '', `{"type":"noop","toxicity":${given}}`);
    expect(answer.body).toContain(`"toxicity":${shown}}`);
  });

  test('a stream is understood in any case, and shown as it was given', async () => {
    const ask = await freshProxy();
    const answer = await ask('POST', '', '{"type":"noop","stream":"UpStream"}');
    expect(answer.body).toContain('"name":"noop_UpStream","type":"noop","stream":"UpStream"');
  });

  test('they are listed upstream first, then in the order in which they were added', async () => {
    const ask = await freshProxy();
    for (const [name, stream] of [
      ['d2', 'downstream'],
      ['u1', 'upstream'],
      ['d1', 'downstream'],
    ]) {
      await ask('POST', '', JSON.stringify({ type: 'noop', name, stream }));
    }
    const toxics = JSON.parse((await ask('GET', '')).body) as { readonly name: string }[];
    expect(toxics.map(({ name }) => name)).toEqual(['u1', 'd2', 'd1']);
  });

  test.each(['POST', 'PATCH'])(
    '%s changes attributes and toxicity, and nothing else',
    async (method) => {
      const ask = await freshProxy();
      await ask('POST', '', '{"type":"latency","name":"x","attributes":{"latency":1,"jitter":2}}');
      const body =
        '{"attributes":{"jitter":3},"toxicity":0.5,"name":"y","type":"noop","stream":"upstream"}';
      const answer = await ask(method, '/x', body);
      const shown =
        '{"attributes":{"latency":1,"jitter":3},"name":"x","type":"latency","stream":"downstream","toxicity":0.5}';
      expect(answer).toMatchObject({ status: 200, body: shown });
      expect((await ask('GET', '/x')).body).toBe(shown);
    },
  );

  test('an empty change changes nothing', async () => {
    const ask = await freshProxy();
    const made = await ask(
      'POST',
      '',
      '{"type":"timeout","attributes":{"timeout":7},"toxicity":0.25}',
    );
    expect((await ask('PATCH', '/timeout_downstream', '{}')).body).toBe(made.body);
  });

  test('a toxic is removed once', async () => {
    const ask = await freshProxy();
    await ask('POST', '', '{"type":"noop","name":"a b/→"}');
    const path = `/${encodeURIComponent('a b')}`;
    expect((await ask('DELETE', path)).status).toBe(404);
    await ask('POST', '', '{"type":"noop","name":"a b"}');
    const headers = { connection: 'close' };
    expect(await ask('DELETE', path)).toEqual({ status: 204, headers, identified: true, body: '' });
    expect((await ask('DELETE', path)).status).toBe(404);
  });
});
