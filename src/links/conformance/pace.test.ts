/** latency, bandwidth, slicer and slow_close: the toxics that make bytes and ends late. Only "not before" is decided by a clock. */
import { describe, expect, test } from 'vitest';
import type { Direction } from './proxied.fixture.ts';
import { directions, proxied } from './proxied.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

/** Longer than any test; a toxic that makes somebody wait for it has to be undone. */
const forEverMs = 3_600_000;

/** Timers and clocks of two processes may differ by this much. */
const skewMs = 2;

describe.concurrent.each(servers)('on the $name server', (server) => {
  const api = useServer(server);

  describe.each(directions)('latency, %s', (stream) => {
    const latency = (latency: number, jitter = 0, name = 'late') =>
      ({ name, type: 'latency', stream, attributes: { latency, jitter } }) as const;

    test('bytes come late, and the other way they do not wait', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(latency(300));
      const pair = await proxy.connect();
      const startMs = performance.now();
      pair.sender(stream).send('late');
      await pair.receiver(stream).receive(4);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(300 - skewMs);
    });

    test('jitter never makes less than latency − jitter of it, and changes no order', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(latency(100, 90));
      const pair = await proxy.connect();
      const startMs = performance.now();
      for (let i = 0; i < 10; i++) {
        pair.sender(stream).send(String(i));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await pair.receiver(stream).receive(1);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(10 - skewMs);
      expect((await pair.receiver(stream).receive(10)).toString()).toBe('0123456789');
    });

    test('two of them add up', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(latency(150, 0, 'first'));
      await proxy.addToxic(latency(150, 0, 'second'));
      const pair = await proxy.connect();
      const startMs = performance.now();
      pair.sender(stream).send('late');
      await pair.receiver(stream).receive(4);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(300 - skewMs);
    });

    test('added to an open connection, it takes hold of the next bytes', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      pair.sender(stream).send('quick');
      await pair.receiver(stream).receive(5);
      await proxy.addToxic(latency(200));
      const startMs = performance.now();
      pair.sender(stream).send('late');
      await pair.receiver(stream).receive(9);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(200 - skewMs);
    });

    test('removed, what waits arrives at once, in order, before what comes then', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(latency(forEverMs));
      const pair = await proxy.connect();
      for (const each of ['1', '2', '3']) {
        pair.sender(stream).send(each);
        await roundTrip(pair, stream);
      }
      expect(pair.receiver(stream).received()).toHaveLength(0);
      await proxy.removeToxic('late');
      pair.sender(stream).send('4');
      expect((await pair.receiver(stream).receive(4)).toString()).toBe('1234');
    });

    test('changed, what is under way arrives at once, and the new latency rules', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(latency(forEverMs));
      const pair = await proxy.connect();
      pair.sender(stream).send('1');
      await roundTrip(pair, stream);
      await proxy.updateToxic('late', { attributes: { latency: 200 } });
      await pair.receiver(stream).receive(1);
      const startMs = performance.now();
      pair.sender(stream).send('2');
      await pair.receiver(stream).receive(2);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(200 - skewMs);
    });

    test('an end waits its turn behind the bytes', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(latency(200));
      const pair = await proxy.connect();
      pair.sender(stream).socket.end('last words');
      await pair.receiver(stream).ended;
      expect(pair.receiver(stream).received().toString()).toBe('last words');
    });

    test('with a toxicity of 0 it touches nobody', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic({ ...latency(forEverMs), toxicity: 0 });
      const pair = await proxy.connect();
      pair.sender(stream).send('quick');
      await pair.receiver(stream).receive(5);
    });
  });

  describe.each(directions)('bandwidth, %s', (stream) => {
    const bandwidth = (rate: number) =>
      ({ name: 'narrow', type: 'bandwidth', stream, attributes: { rate } }) as const;

    test('so many kilobytes take so many milliseconds, at least', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(bandwidth(500));
      const pair = await proxy.connect();
      const sent = Buffer.alloc(250_000, 'abcdefg');
      const startMs = performance.now();
      pair.sender(stream).send(sent);
      const received = await pair.receiver(stream).receive(sent.length);
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(500 - skewMs);
      expect(received.equals(sent)).toBe(true);
    });

    test('what takes longer than a tenth of a second comes in pieces', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(bandwidth(1));
      const pair = await proxy.connect();
      pair.sender(stream).send(Buffer.alloc(10_000));
      await pair.receiver(stream).receive(1);
      expect(pair.receiver(stream).received().length).toBeLessThan(10_000);
    });

    test('0 lets nothing through; changed, all goes on, in order', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(bandwidth(0));
      const pair = await proxy.connect();
      pair.sender(stream).send('held');
      await roundTrip(pair, stream);
      expect(pair.receiver(stream).received()).toHaveLength(0);
      await proxy.updateToxic('narrow', { attributes: { rate: 1000 } });
      pair.sender(stream).send(' and more');
      expect((await pair.receiver(stream).receive(13)).toString()).toBe('held and more');
    });

    test('removed, what waits arrives at once', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(bandwidth(1));
      const pair = await proxy.connect();
      const sent = Buffer.alloc(1_000_000, 'abcdefg');
      pair.sender(stream).send(sent);
      await roundTrip(pair, stream);
      await proxy.removeToxic('narrow');
      expect((await pair.receiver(stream).receive(sent.length)).equals(sent)).toBe(true);
    });
  });

  describe.each(directions)('slicer, %s', (stream) => {
    const slicer = (average_size: number, size_variation: number, delay: number) =>
      ({
        name: 'knife',
        type: 'slicer',
        stream,
        attributes: { average_size, size_variation, delay },
      }) as const;

    test('changes no byte, and takes its delay for every slice', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(slicer(100, 20, 20_000));
      const pair = await proxy.connect();
      const sent = Buffer.from(Array.from({ length: 1200 }, (_, i) => i % 251));
      const startMs = performance.now();
      pair.sender(stream).send(sent);
      const received = await pair.receiver(stream).receive(sent.length);
      expect(received.equals(sent)).toBe(true);
      // 1200 bytes are at least ten slices of at most 120; after the last one nobody waits.
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(9 * 20 - skewMs);
    });

    test('the first slice comes alone', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(slicer(10, 0, forEverMs * 1000));
      const pair = await proxy.connect();
      pair.sender(stream).send(Buffer.alloc(40));
      await pair.receiver(stream).receive(1);
      expect(pair.receiver(stream).received()).toHaveLength(10);
    });

    test('removed, what is left of a chunk arrives at once', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(slicer(10, 0, forEverMs * 1000));
      const pair = await proxy.connect();
      pair.sender(stream).send('0123456789abcdefghijABCDEFGHIJ0987654321');
      await pair.receiver(stream).receive(10);
      await proxy.removeToxic('knife');
      const received = await pair.receiver(stream).receive(40);
      expect(received.toString()).toBe('0123456789abcdefghijABCDEFGHIJ0987654321');
    });
  });

  describe.each(directions)('slow_close, %s', (stream) => {
    const slowClose = (delay: number) =>
      ({ name: 'slow', type: 'slow_close', stream, attributes: { delay } }) as const;

    test('bytes pass, the end comes late', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(slowClose(300));
      const pair = await proxy.connect();
      const startMs = performance.now();
      pair.sender(stream).socket.end('bytes');
      await pair.receiver(stream).receive(5);
      expect(await pair.receiver(stream).ended).toBe('closed');
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(300 - skewMs);
    });

    test('while it waits, the other way is open', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(slowClose(forEverMs));
      const pair = await proxy.connect();
      pair.sender(stream).socket.end('bytes');
      await pair.receiver(stream).receive(5);
      await roundTrip(pair, stream);
    });

    test('removed while an end waits, that comes at once', async () => {
      await using proxy = await proxied(api.running.apiUrl);
      await proxy.addToxic(slowClose(forEverMs));
      const pair = await proxy.connect();
      pair.sender(stream).socket.end('bytes');
      await pair.receiver(stream).receive(5);
      await proxy.removeToxic('slow');
      expect(await pair.receiver(stream).ended).toBe('closed');
    });
  });

  test('toxics act one behind the other', async () => {
    await using proxy = await proxied(api.running.apiUrl);
    const stream = 'upstream';
    await proxy.addToxic({ type: 'latency', stream, attributes: { latency: 200, jitter: 0 } });
    await proxy.addToxic({ type: 'limit_data', stream, attributes: { bytes: 5 } });
    const { client, server } = await proxy.connect();
    const startMs = performance.now();
    client.send('0123456789');
    await server.ended;
    expect(server.received().toString()).toBe('01234');
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(200 - skewMs);
  });
});

/** The other way, a byte has come: what was sent before it has had time to pass, had it been let. */
async function roundTrip(
  pair: { sender(direction: Direction): Peerish; receiver(direction: Direction): Peerish },
  stream: Direction,
): Promise<void> {
  const back = stream === 'upstream' ? 'downstream' : 'upstream';
  const before = pair.receiver(back).received().length;
  pair.sender(back).send('.');
  await pair.receiver(back).receive(before + 1);
}

interface Peerish {
  send(data: string): void;
  received(): Buffer;
  receive(bytes: number): Promise<Buffer>;
}
