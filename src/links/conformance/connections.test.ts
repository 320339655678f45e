/** Connections through a proxy without toxics: bytes both ways, ends, and what becomes of them when the proxy changes. */
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../addresses.ts';
import { connectTo, openUpstream } from '../peers.fixture.ts';
import { directions, proxied } from './proxied.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

const megabyte = Buffer.alloc(1_000_000, 'abcdefghijklm');

describe.each(servers)('connections of the $name server', (server) => {
  const api = useServer(server);

  test.each(directions)('bytes pass %s, all of them and in order', async (direction) => {
    await using proxy = await proxied(api.running.apiUrl);
    const pair = await proxy.connect();
    pair.sender(direction).send(megabyte);
    pair.sender(direction).send('the end');
    const received = await pair.receiver(direction).receive(megabyte.length + 7);
    expect(received.equals(Buffer.concat([megabyte, Buffer.from('the end')]))).toBe(true);
  });

  test('a server that speaks first is heard', async () => {
    await using proxy = await proxied(api.running.apiUrl);
    const { client, server } = await proxy.connect();
    server.send('welcome');
    expect((await client.receive(7)).toString()).toBe('welcome');
  });

  test.each(directions)(
    'an end passes %s behind the last byte, and closes both ways',
    async (direction) => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      pair.sender(direction).send(megabyte);
      pair.sender(direction).socket.end();
      await pair.receiver(direction).receive(megabyte.length);
      expect(await pair.receiver(direction).ended).toBe('closed');
      expect(await pair.sender(direction).ended).toBe('closed');
    },
  );

  test('a receiver that is slow to read gets all, though the sender has closed', async () => {
    await using proxy = await proxied(api.running.apiUrl);
    const { client, server } = await proxy.connect();
    server.socket.pause();
    const lots = Buffer.concat(Array.from({ length: 16 }, () => megabyte));
    client.send(lots);
    server.send('.');
    await client.receive(1);
    client.socket.end();
    server.socket.resume();
    await server.receive(lots.length);
    expect(server.received().equals(lots)).toBe(true);
    await server.ended;
  });

  test.each(directions)(
    'a receiver that does not read holds the sender back, %s',
    async (direction) => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      pair.receiver(direction).socket.pause();
      const { socket } = pair.sender(direction);
      for (let i = 0; i < 64; i++) socket.write(megabyte);
      for (let i = 1; i <= 50; i++) {
        pair.receiver(direction).send('.');
        await pair.sender(direction).receive(i);
      }
      expect(socket.writableLength).toBeGreaterThan(32 * megabyte.length);
    },
  );

  test.each(directions)('a reset of the %s sender ends the connection', async (direction) => {
    await using proxy = await proxied(api.running.apiUrl);
    const pair = await proxy.connect();
    pair.sender(direction).send('x');
    await pair.receiver(direction).receive(1);
    pair.sender(direction).socket.resetAndDestroy();
    expect(await pair.receiver(direction).ended).toBe('closed');
  });

  test('a client whose upstream refuses is accepted first, and closed then', async () => {
    await using proxy = await proxied(api.running.apiUrl);
    await proxy.upstream[Symbol.asyncDispose]();
    const client = await proxy.connectClient();
    expect(await client.ended).toBe('closed');
    expect(client.received()).toHaveLength(0);
  });

  test('an upstream that is no address refuses as well', async () => {
    await using proxy = await proxied(api.running.apiUrl);
    await proxy.change('PATCH', '', { upstream: 'nothing' });
    expect(await (await proxy.connectClient()).ended).toBe('closed');
  });

  describe('when the proxy is', () => {
    test('disabled, connections are closed and new ones refused; enabled, they are served', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const { client, server } = await proxy.connect();
      await proxy.change('PATCH', '', { enabled: false });
      expect(await client.ended).toBe('closed');
      expect(await server.ended).toBe('closed');
      await expect(proxy.connectClient()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await proxy.change('PATCH', '', { enabled: true });
      const again = await proxy.connect();
      again.client.send('back');
      expect((await again.server.receive(4)).toString()).toBe('back');
    });

    test('led to another upstream, connections are closed and new ones go there', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await using other = await openUpstream();
      const { client } = await proxy.connect();
      await proxy.change('PATCH', '', { upstream: other.address });
      expect(await client.ended).toBe('closed');
      const moved = await proxy.connectClient();
      moved.send('moved');
      expect((await (await other.accept()).receive(5)).toString()).toBe('moved');
      expect(proxy.upstream.accepted).toBe(1);
    });

    test('moved to another port, it listens there and no more where it was', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const { client } = await proxy.connect();
      const answer = await proxy.change('PATCH', '', { listen: '127.0.0.1:0' });
      const { listen } = JSON.parse(answer.body) as { readonly listen: string };
      expect(await client.ended).toBe('closed');
      await expect(proxy.connectClient()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      const moved = await connectTo(parseAddress(listen));
      moved.send('here');
      expect((await (await proxy.upstream.accept()).receive(4)).toString()).toBe('here');
      moved.socket.destroy();
    });

    test('told what it is already, nothing happens to its connections', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const { client, server } = await proxy.connect();
      const same = { listen: proxy.listen, upstream: proxy.upstream.address, enabled: true };
      await proxy.change('PATCH', '', same);
      client.send('still');
      expect((await server.receive(5)).toString()).toBe('still');
    });

    test('removed, its connections are closed and new ones refused', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const { client, server } = await proxy.connect();
      await proxy.change('DELETE', '');
      expect(await client.ended).toBe('closed');
      expect(await server.ended).toBe('closed');
      await expect(proxy.connectClient()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });
  });
});
