import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { proxied } from '../conformance/proxied.fixture.ts';
import { serveEmbedded } from './serve.ts';

const loopback = { host: '127.0.0.1', port: 0, seed: 1 };
const urlOf = ({
  address,
}: {
  readonly address: { readonly host: string; readonly port: number };
}) => `http://${address.host}:${address.port}`;

describe('the embedded server in this process', () => {
  test('disposing of it closes the API, its proxies and their connections', async () => {
    const server = await serveEmbedded(loopback);
    const proxy = await proxied(urlOf(server));
    const { client, server: upstream } = await proxy.connect();
    await server[Symbol.asyncDispose]();
    expect(await client.ended).toBe('closed');
    expect(await upstream.ended).toBe('closed');
    await expect(proxy.connectClient()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const api = connect(server.address);
    await expect(once(api, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.upstream[Symbol.asyncDispose]();
  });

  test('a port that is taken is an error that names it', async () => {
    await using first = await serveEmbedded(loopback);
    const { port } = first.address;
    await expect(serveEmbedded({ ...loopback, port })).rejects.toMatchObject({
      exitStatus: 69,
      message: `port ${port} on 127.0.0.1 is taken`,
    });
  });

  test('localhost is an address of IPv4', async () => {
    await using server = await serveEmbedded({ ...loopback, host: 'localhost' });
    expect(server.address.host).toBe('127.0.0.1');
  });

  describe('its chance is drawn from the seed', () => {
    /** Which of forty connections a toxic of toxicity ½ spares, as a row of letters. */
    async function spared(seed: string): Promise<string> {
      await using server = await serveEmbedded({ ...loopback, seed });
      await using proxy = await proxied(urlOf(server), 'p');
      const attributes = { bytes: 0 };
      await proxy.addToxic({ type: 'limit_data', stream: 'upstream', toxicity: 0.5, attributes });
      let row = '';
      for (let i = 0; i < 40; i++) {
        const { client, server } = await proxy.connect();
        client.send('x');
        const passed = server.receive(1).then(
          () => 'spared',
          () => 'touched',
        );
        row += (await passed) === 'spared' ? 's' : 't';
        client.socket.destroy();
      }
      return row;
    }

    test('the same seed spares the same connections, another seed others', async () => {
      const row = await spared('seed one');
      expect(row).toMatch(/s.*t|t.*s/);
      expect(await spared('seed one')).toBe(row);
      expect(await spared('seed two')).not.toBe(row);
    });
  });
});
