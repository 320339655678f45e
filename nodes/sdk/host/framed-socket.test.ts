import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../../src/core/seams/system.ts';
import { encodeFrame, frameBytesMax } from '../frames.ts';
import type { Connection, Frame } from '../network.ts';
import { dial, FramedSocket, sendAtEndOfTurn } from './framed-socket.ts';

/** A listener on loopback for one test. */
async function listen(accept: (socket: Socket) => void) {
  const server = createServer(accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: Address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  return { address, [Symbol.dispose]: () => void server.close() };
}

/** Dials and gathers what happens until the connection is closed. */
function dialled(address: Address, opened: (connection: Connection) => void = () => {}) {
  const frames: Frame[] = [];
  let connection: Connection;
  const closed = new Promise<string>((resolve) => {
    connection = dial(address, {
      opened: () => opened(connection),
      frame: (frame) => frames.push(frame),
      closed: resolve,
    });
  });
  return { frames, closed, connection: connection! };
}

describe('a framed socket', () => {
  test('carries frames both ways, in order, and what was sent before it was closed', async () => {
    using server = await listen((socket) => {
      const connection = new FramedSocket(socket, sendAtEndOfTurn);
      connection.hear({
        frame(frame) {
          connection.send({ kind: `${frame.kind}!` });
          if (frame.kind === 'c') connection.close();
        },
        closed: () => {},
      });
    });
    const { frames, closed } = dialled(server.address, (connection) => {
      for (const kind of ['a', 'b', 'c']) connection.send({ kind });
    });
    expect(await closed).toBe('closed by the other end');
    expect(frames).toEqual([{ kind: 'a!' }, { kind: 'b!' }, { kind: 'c!' }]);
  });

  test('is closed with the reason when nobody listens', async () => {
    const server = await listen(() => {});
    server[Symbol.dispose]();
    const { closed } = dialled(server.address);
    expect(await closed).toContain('ECONNREFUSED');
  });

  test('ends when what comes is no frame', async () => {
    using server = await listen(
      (socket) => void socket.on('error', () => {}).write('GET / HTTP/1.1\r\n'),
    );
    const { closed, frames } = dialled(server.address);
    expect(await closed).toContain(`above the limit of ${frameBytesMax}`);
    expect(frames).toEqual([]);
  });

  test('sends nothing before it is open, nor after it is closed', async () => {
    using server = await listen((socket) => void socket.on('error', () => {}).resume());
    let whenOpen = false;
    const sent = await new Promise<boolean[]>((resolve) => {
      const connection = dial(server.address, {
        opened() {
          whenOpen = connection.send({ kind: 'a' });
          connection.close();
          resolve([whenOpen, connection.send({ kind: 'b' })]);
        },
        frame: () => {},
        closed: () => {},
      });
      whenOpen = connection.send({ kind: 'too early' });
      expect(whenOpen).toBe(false);
    });
    expect(sent).toEqual([true, false]);
  });

  test('refuses more when the other end does not read', async () => {
    using server = await listen((socket) => void socket.on('error', () => {}).pause());
    const text = 'x'.repeat(1_000_000);
    const taken = await new Promise<number>((resolve) => {
      const connection = dial(server.address, {
        opened() {
          let count = 0;
          while (connection.send({ kind: 'large', text } as Frame)) count++;
          connection.close();
          resolve(count);
        },
        frame: () => {},
        closed: () => {},
      });
    });
    expect(taken).toBeGreaterThan(10);
    expect(taken).toBeLessThan(20);
  });

  test('one end that is closed hears no more, though frames are on their way', async () => {
    using server = await listen((socket) => {
      socket.on('error', () => {});
      for (const kind of ['a', 'b']) socket.write(encodeFrame({ kind }));
    });
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      const connection = dial(server.address, {
        opened: () => {},
        frame({ kind }) {
          heard.push(kind);
          connection.close();
          setImmediate(resolve);
        },
        closed: () => heard.push('closed'),
      });
    });
    expect(heard).toEqual(['a']);
  });
});
