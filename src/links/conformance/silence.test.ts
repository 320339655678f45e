/** timeout, limit_data and reset_peer: the toxics that end connections, or let bytes vanish. */
import { describe, expect, test } from 'vitest';
import type { Direction } from './proxied.fixture.ts';
import { directions, proxied } from './proxied.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

const opposite = (direction: Direction): Direction =>
  direction === 'upstream' ? 'downstream' : 'upstream';

describe.concurrent.each(servers)('on the $name server', (server) => {
  const api = useServer(server);

  describe.each(directions)('timeout, %s', (stream) => {
    const blackHole = {
      name: 'hole',
      type: 'timeout',
      stream,
      attributes: { timeout: 0 },
    } as const;

    test('0 swallows in silence, the other way stays open, and its removal closes the connection', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      pair.sender(stream).send('before');
      await pair.receiver(stream).receive(6);
      await proxy.addToxic(blackHole);
      pair.sender(stream).send('swallowed');
      pair.receiver(stream).send('the other way');
      await pair.receiver(opposite(stream)).receive(13);
      await proxy.removeToxic('hole');
      expect(await pair.receiver(stream).ended).toBe('closed');
      expect(await pair.sender(stream).ended).toBe('closed');
      expect(pair.receiver(stream).received().toString()).toBe('before');
    });

    test('0 holds connections that open while it is there', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(blackHole);
      const pair = await proxy.connect();
      pair.sender(stream).send('swallowed');
      pair.receiver(stream).send('the other way');
      await pair.receiver(opposite(stream)).receive(13);
      await proxy.removeToxic('hole');
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received()).toHaveLength(0);
    });

    test('0 swallows without end', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(blackHole);
      const pair = await proxy.connect();
      const { socket } = pair.sender(stream);
      const chunk = Buffer.alloc(1_000_000);
      for (let i = 0; i < 32; i++) {
        await new Promise<void>((resolve) => socket.write(chunk, () => resolve()));
      }
      expect(pair.receiver(stream).received()).toHaveLength(0);
    });

    test('after removal, new connections are whole', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(blackHole);
      await proxy.removeToxic('hole');
      const pair = await proxy.connect();
      pair.sender(stream).send('whole');
      expect((await pair.receiver(stream).receive(5)).toString()).toBe('whole');
    });

    test('an end passes it', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(blackHole);
      const pair = await proxy.connect();
      pair.sender(stream).socket.end('swallowed');
      expect(await pair.receiver(stream).ended).toBe('closed');
      expect(pair.receiver(stream).received()).toHaveLength(0);
    });

    test('above 0, the connection is closed when nothing came for so long, and not before', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic({ type: 'timeout', stream, attributes: { timeout: 300 } });
      const startMs = performance.now();
      const pair = await proxy.connect();
      pair.sender(stream).send('swallowed');
      expect(await pair.receiver(stream).ended).toBe('closed');
      expect(await pair.sender(stream).ended).toBe('closed');
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(299);
      expect(pair.receiver(stream).received()).toHaveLength(0);
    });

    test('removed, it closes connections that its toxicity spared, too', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic({ ...blackHole, toxicity: 0 });
      const pair = await proxy.connect();
      pair.sender(stream).send('spared');
      expect((await pair.receiver(stream).receive(6)).toString()).toBe('spared');
      await proxy.removeToxic('hole');
      expect(await pair.receiver(stream).ended).toBe('closed');
    });

    test('its toxicity, changed, takes hold of open connections', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic({ ...blackHole, toxicity: 0 });
      const pair = await proxy.connect();
      pair.sender(stream).send('spared');
      await pair.receiver(stream).receive(6);
      await proxy.updateToxic('hole', { toxicity: 1 });
      pair.sender(stream).send('swallowed');
      await proxy.removeToxic('hole');
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received().toString()).toBe('spared');
    });
  });

  describe.each(directions)('limit_data, %s', (stream) => {
    const limit = (bytes: number) =>
      ({ name: 'limit', type: 'limit_data', stream, attributes: { bytes } }) as const;

    test('passes so many bytes, and closes', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(limit(100_000));
      const pair = await proxy.connect();
      pair.sender(stream).send(Buffer.alloc(150_000, 'x'));
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received()).toHaveLength(100_000);
      await pair.sender(stream).ended;
    });

    test('leaves open what stays below it', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(limit(10));
      const pair = await proxy.connect();
      pair.sender(stream).send('123456789');
      await pair.receiver(stream).receive(9);
      pair.receiver(stream).send('open');
      await pair.receiver(opposite(stream)).receive(4);
    });

    test('0 closes at the first byte', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(limit(0));
      const pair = await proxy.connect();
      pair.sender(stream).send('x');
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received()).toHaveLength(0);
    });

    test('counts on through a change', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(limit(1000));
      const pair = await proxy.connect();
      pair.sender(stream).send('12345');
      await pair.receiver(stream).receive(5);
      await proxy.updateToxic('limit', { attributes: { bytes: 8 } });
      pair.sender(stream).send('6789');
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received().toString()).toBe('12345678');
    });

    test('counts only from when it was added', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      pair.sender(stream).send('12345');
      await pair.receiver(stream).receive(5);
      await proxy.addToxic(limit(3));
      pair.sender(stream).send('6789');
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received().toString()).toBe('12345678');
    });

    test('removed, it lets all through', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(limit(6));
      const pair = await proxy.connect();
      pair.sender(stream).send('12345');
      await pair.receiver(stream).receive(5);
      await proxy.removeToxic('limit');
      pair.sender(stream).send('6789');
      expect((await pair.receiver(stream).receive(9)).toString()).toBe('123456789');
    });
  });

  describe.each(directions)('reset_peer, %s', (stream) => {
    const reset = (timeout: number) =>
      ({ name: 'reset', type: 'reset_peer', stream, attributes: { timeout } }) as const;

    test('resets both ends of a new connection at the first byte, which is lost', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(reset(0));
      const pair = await proxy.connect();
      pair.sender(stream).send('lost');
      expect(await pair.receiver(stream).ended).toBe('reset');
      expect(await pair.sender(stream).ended).toBe('reset');
      expect(pair.receiver(stream).received()).toHaveLength(0);
    });

    test('waits for so long, after the first byte', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(reset(300));
      const pair = await proxy.connect();
      const startMs = performance.now();
      pair.sender(stream).send('lost');
      expect(await pair.receiver(stream).ended).toBe('reset');
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(299);
    });

    test('leaves a connection alone on which nothing comes', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(reset(0));
      const pair = await proxy.connect();
      pair.receiver(stream).send('the other way');
      await pair.receiver(opposite(stream)).receive(13);
    });

    test('closes an older connection without a reset', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      // Both ends are there before the server has joined them; what has come through shows that it has.
      pair.sender(stream).send('1');
      await pair.receiver(stream).receive(1);
      await proxy.addToxic(reset(0));
      pair.sender(stream).send('lost');
      expect(await pair.receiver(stream).ended).toBe('closed');
      expect(await pair.sender(stream).ended).toBe('closed');
      expect(pair.receiver(stream).received().toString()).toBe('1');
    });

    test('removed, it has settled how the connections that it saw open will end', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(reset(0));
      const pair = await proxy.connect();
      await proxy.removeToxic('reset');
      pair.sender(stream).send('arrives');
      expect((await pair.receiver(stream).receive(7)).toString()).toBe('arrives');
      pair.sender(stream).socket.end();
      expect(await pair.receiver(stream).ended).toBe('reset');
    });
  });
});
