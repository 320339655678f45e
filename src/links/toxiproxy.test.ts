import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { servers, useServer } from './servers.fixture.ts';
import type { ToxicSpec } from './toxics.ts';
import type { Toxiproxy } from './toxiproxy.ts';
import { toxiproxyAt } from './toxiproxy.ts';

/** Every character that means something in a path or in JSON. */
const oddName = 'n1→n2 /?#%25&"é';
const proxy = { name: 'plain', listen: '127.0.0.1:0', upstream: '127.0.0.1:1', enabled: true };
const latency: ToxicSpec = {
  name: 'late',
  type: 'latency',
  stream: 'upstream',
  toxicity: 0.1,
  attributes: { latency: 10, jitter: 5 },
};

describe.each(servers)('the façade over the $name server', (server) => {
  const api = useServer(server);
  let toxiproxy: Toxiproxy;
  beforeEach(() => {
    toxiproxy = toxiproxyAt(api.running.apiUrl);
  });
  afterEach(async () => {
    for (const name of (await toxiproxy.proxies()).keys()) await toxiproxy.removeProxy(name);
    toxiproxy[Symbol.dispose]();
  });

  test('the version is the one that the server was found to have', async () => {
    expect(await toxiproxy.version()).toBe(api.running.version);
  });

  test('proxies are populated, and shown with their toxics', async () => {
    const shown = await toxiproxy.populate([proxy, { ...proxy, name: 'off', enabled: false }]);
    expect(shown.get('plain')).toMatchObject({ name: 'plain', enabled: true, toxics: [] });
    expect(shown.get('off')).toMatchObject({ listen: '127.0.0.1:0', enabled: false });
    await toxiproxy.addToxic('plain', latency);
    expect((await toxiproxy.proxy('plain')).toxics).toEqual([latency]);
    expect((await toxiproxy.proxies()).get('plain')!.toxics).toEqual([latency]);
    await toxiproxy.removeToxic('plain', 'late');
    expect((await toxiproxy.proxy('plain')).toxics).toEqual([]);
  });

  // A slash cannot stand in a path of Toxiproxy, however it is written.
  test.each(['n1→n2', oddName.replace('/', '')])('a proxy and a toxic named %j', async (name) => {
    await toxiproxy.populate([{ ...proxy, name }]);
    await toxiproxy.setEnabled(name, false);
    expect((await toxiproxy.proxy(name)).enabled).toBe(false);
    await toxiproxy.addToxic(name, { ...latency, name });
    await toxiproxy.removeToxic(name, name);
    await toxiproxy.removeProxy(name);
    expect((await toxiproxy.proxies()).has(name)).toBe(false);
  });

  test('what is refused is told in the words of the server, with its status', async () => {
    await expect(toxiproxy.proxy('n1→n2')).rejects.toMatchObject({
      message: 'Toxiproxy refused GET /proxies/n1→n2: proxy not found (status 404)',
      status: 404,
      reason: 'proxy not found',
    });
    await toxiproxy.populate([proxy]);
    await toxiproxy.addToxic('plain', latency);
    await expect(toxiproxy.addToxic('plain', latency)).rejects.toMatchObject({
      status: 409,
      reason: 'toxic already exists',
    });
    await expect(toxiproxy.removeToxic('plain', 'other')).rejects.toMatchObject({ status: 404 });
  });

  test('proxies that are there already, and disabled, are not taken for enabled', async () => {
    const [listen] = Array.from(await toxiproxy.populate([proxy]), ([, { listen }]) => listen);
    await toxiproxy.setEnabled('plain', false);
    await expect(toxiproxy.populate([{ ...proxy, listen: listen! }])).rejects.toThrow(
      'Toxiproxy did not change proxy plain as asked: enabled is false, not true',
    );
  });
});

describe('a server that', () => {
  /** Runs a façade against a server that answers every request in the same way. */
  async function against(listener: RequestListener, use: (toxiproxy: Toxiproxy) => Promise<void>) {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    {
      using toxiproxy = toxiproxyAt(`http://127.0.0.1:${port}`, 300);
      await use(toxiproxy);
    }
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
  const always =
    (status: number, body: unknown): RequestListener =>
    (_request, response) => {
      response.statusCode = status;
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };

  test('never answers is not waited for', async () => {
    const never: RequestListener = () => {};
    await against(never, async (toxiproxy) => {
      await expect(toxiproxy.proxies()).rejects.toMatchObject({
        code: 'environment',
        message: expect.stringMatching(
          /^Toxiproxy at 127.0.0.1:\d+: did not answer within 300 ms$/,
        ),
      });
    });
  });

  test('begins to answer and never ends is not waited for', async () => {
    const begins: RequestListener = (_request, response) => void response.write('{');
    await against(begins, async (toxiproxy) => {
      await expect(toxiproxy.proxies()).rejects.toThrow('did not answer within 300 ms');
    });
  });

  test('is gone is an error of the environment', async () => {
    let gone: Toxiproxy | undefined;
    await against(always(200, {}), async (toxiproxy) => void (gone = toxiproxy));
    await expect(gone!.proxies()).rejects.toMatchObject({ code: 'environment', exitStatus: 69 });
  });

  test('refuses in plain text is quoted', async () => {
    await against(always(403, 'User agent not allowed\n'), async (toxiproxy) => {
      await expect(toxiproxy.version()).rejects.toThrow(
        'Toxiproxy refused GET /version: User agent not allowed (status 403)',
      );
    });
  });

  test('says yes and does nothing is found out', async () => {
    const shown = { ...proxy, toxics: [] };
    await against(always(200, shown), async (toxiproxy) => {
      await expect(toxiproxy.addToxic('plain', latency)).rejects.toThrow(
        'Toxiproxy did not change toxic late of proxy plain as asked: name is undefined, not "late"',
      );
      await expect(toxiproxy.setEnabled('plain', false)).rejects.toThrow(
        'enabled is true, not false',
      );
    });
    await against(always(200, { ...proxy, toxics: [latency] }), async (toxiproxy) => {
      await expect(toxiproxy.removeToxic('plain', 'late')).rejects.toThrow('and shows it');
      const stronger = { ...latency, attributes: { latency: 11, jitter: 5 } };
      await expect(toxiproxy.addToxic('plain', stronger)).rejects.toThrow(
        'attributes is {"latency":10,"jitter":5}, not {"latency":11,"jitter":5}',
      );
    });
  });

  test('answers with something else is not believed', async () => {
    await against(always(200, { plain: { name: 1 } }), async (toxiproxy) => {
      await expect(toxiproxy.proxies()).rejects.toThrow(
        /^Toxiproxy's answer to GET \/proxies cannot be read: .*name/,
      );
    });
  });
});
