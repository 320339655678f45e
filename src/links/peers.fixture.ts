/** The two ends of a connection through a proxy: a client, and the upstream server's side of it. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { Address } from '../core/seams/system.ts';

/** How a connection ended, as this end saw it. */
export type End = 'closed' | 'reset';

/** One end. It never closes by itself. */
export interface Peer {
  readonly socket: Socket;
  send(data: string | Buffer): void;
  /** All that has come so far. */
  received(): Buffer;
  /** Resolves with all that has come, when that is at least so many bytes; rejects if the connection ends before. */
  receive(bytes: number): Promise<Buffer>;
  /** Resolves when the other end has closed or reset the connection. */
  ended: Promise<End>;
}

export interface Upstream extends AsyncDisposable {
  /** `host:port`. */
  readonly address: string;
  /** The next connection that was not asked for yet. */
  accept(): Promise<Peer>;
  /** How many connections came, ever. */
  readonly accepted: number;
}

/** A server that leaves all to the test. */
export async function openUpstream(): Promise<Upstream> {
  const peers: Peer[] = [];
  const waiting: ((peer: Peer) => void)[] = [];
  let accepted = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const peer = peerOf(socket);
    accepted++;
    const next = waiting.shift();
    if (next === undefined) peers.push(peer);
    else next(peer);
    all.add(socket);
  });
  const all = new Set<Socket>();
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    accept: async () => peers.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    get accepted() {
      return accepted;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of all) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Connects; rejects when the connection is refused. */
export async function connectTo({ host, port }: Address): Promise<Peer> {
  const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
  await once(socket, 'connect');
  return peerOf(socket);
}

function peerOf(socket: Socket): Peer {
  let parts: Buffer[] = [];
  const count = { bytes: 0 };
  const ended = new Promise<End>((resolve) => {
    socket.on('end', () => resolve('closed'));
    socket.on('error', () => resolve('reset'));
    socket.on('close', () => resolve('closed'));
  });
  socket.on('data', (data: Buffer) => {
    parts.push(data);
    count.bytes += data.length;
  });
  function received(): Buffer {
    parts = [Buffer.concat(parts)];
    return parts[0]!;
  }

  return {
    socket,
    send: (data) => void socket.write(data),
    received,
    async receive(bytes) {
      const over = ended.then(() => 'over' as const);
      while (count.bytes < bytes) {
        const what = await Promise.race([once(socket, 'data'), over]);
        if (what === 'over' && count.bytes < bytes) {
          throw new Error(`ended after ${count.bytes} of ${bytes} bytes`);
        }
      }
      return received();
    },
    ended,
  };
}
