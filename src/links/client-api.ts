/**
 * The transport of toxiproxy-node-client, replaced: its own has no time limits and drops the server's reasons.
 *
 * The client keeps it in a public field and calls four methods of it; that is all that is relied on.
 */
import type { Toxiproxy as Client } from 'toxiproxy-node-client';
import type { Transport } from './transport.ts';
import { ToxiproxyRefusal } from './transport.ts';

/** What the client calls to reach the server. */
export type ClientApi = Client['api'];

/** Everything but a 2xx is thrown, as a ToxiproxyRefusal. */
export function apiOver(transport: Transport): ClientApi {
  async function accepted(method: string, url: string, body?: unknown): Promise<string> {
    const reply = await transport.send(method, url, { body });
    if (reply.status >= 200 && reply.status < 300) return reply.body;
    throw new ToxiproxyRefusal(`${method} ${decodeURIComponent(new URL(url).pathname)}`, reply);
  }
  const data = (body: string): { data: never } => ({
    data: (body === '' ? undefined : JSON.parse(body)) as never,
  });
  const api = {
    get: async (url: string) => data(await accepted('GET', url)),
    post: async (url: string, body?: unknown) => data(await accepted('POST', url, body)),
    delete: async (url: string) => void (await accepted('DELETE', url)),
    getText: (url: string) => accepted('GET', url),
  };
  // The client's type has private members, which only its own class can have; nothing calls them from outside.
  return api as unknown as ClientApi;
}
