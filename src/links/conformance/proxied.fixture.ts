/** A proxy for one test, its upstream, and connections through it. */
import { parseAddress } from '../addresses.ts';
import type { ToxicSettings } from '../toxics.ts';
import type { Answer } from './call.fixture.ts';
import { call } from './call.fixture.ts';
import type { Peer, Upstream } from '../peers.fixture.ts';
import { connectTo, openUpstream } from '../peers.fixture.ts';

export type Direction = 'upstream' | 'downstream';
export const directions = ['upstream', 'downstream'] as const;

export interface Proxied extends AsyncDisposable {
  readonly upstream: Upstream;
  /** Where the proxy listens. */
  readonly listen: string;
  /** A connection through the proxy: the client's end and the upstream's. */
  connect(): Promise<Pair>;
  /** Connects to the proxy, whether or not there is an upstream. */
  connectClient(): Promise<Peer>;
  /** A call about this proxy; `path` is what follows its name. Fails on any status but 2xx. */
  change(method: string, path: string, body?: object): Promise<Answer>;
  addToxic(toxic: ToxicSettings & ToxicPlace): Promise<void>;
  updateToxic(name: string, change: object): Promise<void>;
  removeToxic(name: string): Promise<void>;
}

export interface ToxicPlace {
  readonly name?: string;
  readonly stream: Direction;
  readonly toxicity?: number;
}

/** `sender` is the end that sends in a given direction, `receiver` the one that should get it. */
export interface Pair {
  readonly client: Peer;
  readonly server: Peer;
  sender(direction: Direction): Peer;
  receiver(direction: Direction): Peer;
}

let count = 0;

/** Makes a proxy, under a name of its own. */
export async function proxied(apiUrl: string, name = `proxy ${++count}`): Promise<Proxied> {
  const upstream = await openUpstream();
  const clients: Peer[] = [];
  const path = `/proxies/${encodeURIComponent(name)}`;
  const made = await succeed('POST', '/proxies', {
    name,
    listen: '127.0.0.1:0',
    upstream: upstream.address,
  });
  const { listen } = JSON.parse(made.body) as { listen: string };

  async function succeed(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await call(apiUrl, { method, path, body: JSON.stringify(body) ?? '' });
    if (answer.status < 300) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
  }

  async function connectClient(): Promise<Peer> {
    const client = await connectTo(parseAddress(listen));
    clients.push(client);
    return client;
  }

  const change: Proxied['change'] = (method, rest, body) => succeed(method, path + rest, body);

  return {
    upstream,
    listen,
    connectClient,
    async connect() {
      const [client, server] = await Promise.all([connectClient(), upstream.accept()]);
      return {
        client,
        server,
        sender: (direction) => (direction === 'upstream' ? client : server),
        receiver: (direction) => (direction === 'upstream' ? server : client),
      };
    },
    change,
    addToxic: async (toxic) => void (await change('POST', '/toxics', toxic)),
    updateToxic: async (toxic, to) => void (await change('PATCH', `/toxics/${toxic}`, to)),
    removeToxic: async (toxic) => void (await change('DELETE', `/toxics/${toxic}`)),
    async [Symbol.asyncDispose]() {
      await call(apiUrl, { method: 'DELETE', path });
      for (const { socket } of clients) socket.destroy();
      await upstream[Symbol.asyncDispose]();
    },
  };
}
