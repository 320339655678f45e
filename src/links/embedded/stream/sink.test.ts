import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Peer } from '../../peers.fixture.ts';
import { openUpstream } from '../../peers.fixture.ts';
import { createSink } from './sink.ts';

/** More than the kernel takes for a receiver that does not read. */
const lots = Buffer.alloc(32_000_000, 'abcdefg');

/** A socket to write to, and its other end, which does not read. */
async function deafReceiver(use: (socket: Socket, receiver: Peer) => Promise<void>): Promise<void> {
  await using upstream = await openUpstream();
  const [host, port] = upstream.address.split(':');
  const socket = connect({ host: host!, port: Number(port), allowHalfOpen: true });
  await once(socket, 'connect');
  const receiver = await upstream.accept();
  receiver.socket.pause();
  await use(socket, receiver);
  socket.destroy();
}

describe('a sink', () => {
  test('ended with bytes yet to be written, closes only behind them', async () => {
    await deafReceiver(async (socket, receiver) => {
      let closed = 0;
      const sink = createSink(socket, () => {
        closed++;
        socket.destroy();
      });
      expect(sink.writeData(lots)).toBe(false);
      sink.end();
      sink.end();
      expect(closed).toBe(0);
      receiver.socket.resume();
      expect((await receiver.receive(lots.length)).equals(lots)).toBe(true);
      expect(await receiver.ended).toBe('closed');
      expect(closed).toBe(1);
    });
  });

  test('calls back when there is room again, and at once while there is', async () => {
    await deafReceiver(async (socket, receiver) => {
      const sink = createSink(socket, () => {});
      let calls = 0;
      sink.onceRoom(() => calls++);
      expect(calls).toBe(1);
      sink.writeData(lots);
      expect(sink.hasRoom()).toBe(false);
      const room = new Promise<void>((resolve) => sink.onceRoom(resolve));
      receiver.socket.resume();
      await room;
      expect(sink.hasRoom()).toBe(true);
    });
  });

  test('takes nothing after its end, nor for a receiver that is gone', async () => {
    await deafReceiver(async (socket, receiver) => {
      const sink = createSink(socket, () => socket.destroy());
      sink.writeData(Buffer.from('before'));
      sink.end();
      expect(sink.writeData(Buffer.from('after'))).toBe(true);
      receiver.socket.resume();
      await receiver.ended;
      expect(receiver.received().toString()).toBe('before');
    });
  });
});
