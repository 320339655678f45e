/** A server that answers as an etcd gateway would, with what a test tells it to, and keeps what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Address } from '../../src/core/seams/system.ts';

/** What becomes of a request: an answer, or whatever the test does with the connection. */
export type Reply =
  | { readonly status?: number; readonly json: object }
  | { readonly status?: number; readonly text: string }
  | ((response: ServerResponse, socket: Socket) => void);

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Which of the connections it came by, from 1. */
  readonly connection: number;
}

export interface FakeGateway extends AsyncDisposable {
  readonly address: Address;
  /** Every request but those after the version, in order. */
  readonly asked: readonly Asked[];
  /** Every connection that was made, open or not. */
  readonly sockets: readonly Socket[];
}

/** Replies in turn, the last of them again and again; who asks for the version gets `version`. */
export async function fakeGateway(
  replies: readonly Reply[],
  version: Reply = { json: { etcdserver: '3.4.23' } },
): Promise<FakeGateway> {
  const asked: Asked[] = [];
  const sockets: Socket[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', socket } = request;
    const body = await text(request);
    if (path === '/version') return send(version, response, socket);
    const connection = sockets.indexOf(socket) + 1;
    asked.push({ method, path, body: body === '' ? undefined : JSON.parse(body), connection });
    send(replies[Math.min(asked.length, replies.length) - 1]!, response, socket);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: '127.0.0.1', port },
    asked,
    sockets,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(reply: Reply, response: ServerResponse, socket: Socket): void {
  if (typeof reply === 'function') return reply(response, socket);
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
  response.end('json' in reply ? JSON.stringify(reply.json) : reply.text);
}
