/** A node as links see one: it greets whoever connects, answers what it is asked, and keeps its connections. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Address, ProbeScript } from '../core/seams/system.ts';

export interface NodeLike extends AsyncDisposable {
  readonly address: Address;
}

export const greeting = 'welcome\n';
export const probe: ProbeScript = { greets: true, ask: Buffer.from('are you there?\n') };

/** Answers every line with itself. One that does not greet waits to be spoken to. */
export async function startNode(greets = true): Promise<NodeLike> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (greets) socket.write(greeting);
    socket.pipe(socket);
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
