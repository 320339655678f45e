/**
 * The façade: all that dsp asks of a Toxiproxy server, real or embedded.
 *
 * toxiproxy-node-client speaks the API. What it lacks is added here: time limits and the server's reasons (its transport
 * is replaced), names in paths (they are encoded before it sees them), toxics in answers, types, and doubt: every change
 * is read back, and what the server then shows is compared with what was asked for.
 */
import {
  Proxy as ProxyClient,
  Toxic as ToxicClient,
  Toxiproxy as Client,
} from 'toxiproxy-node-client';
import { apiOver } from './client-api.ts';
import { mustNotShowToxic, mustShowProxy, mustShowToxic } from './read-back.ts';
import type { ShownProxies, ShownProxy } from './shown.ts';
import { readShown, shownProxies, shownProxy, shownVersion } from './shown.ts';
import type { ProxySpec, ToxicSpec } from './toxics.ts';
import { createTransport } from './transport.ts';

export interface Toxiproxy extends Disposable {
  version(): Promise<string>;
  proxies(): Promise<ShownProxies>;
  proxy(name: string): Promise<ShownProxy>;
  /** Makes the proxies, in one call; they must not exist yet. */
  populate(proxies: readonly ProxySpec[]): Promise<ShownProxies>;
  setEnabled(name: string, enabled: boolean): Promise<void>;
  removeProxy(name: string): Promise<void>;
  addToxic(proxy: string, toxic: ToxicSpec): Promise<void>;
  removeToxic(proxy: string, toxic: string): Promise<void>;
}

const requestMsMax = 10_000;

/** `apiUrl` has no slash at its end. What fails is an environment error (exit 69) or a ToxiproxyRefusal. */
export function toxiproxyAt(apiUrl: string, timeoutMs = requestMsMax): Toxiproxy {
  const transport = createTransport(timeoutMs);
  const client = new Client(apiUrl);
  client.api = apiOver(transport);

  async function proxies(): Promise<ShownProxies> {
    const { data } = await client.api.get<unknown>(`${apiUrl}/proxies`);
    return new Map(Object.entries(readShown(shownProxies, data, 'GET /proxies')));
  }

  async function proxy(name: string): Promise<ShownProxy> {
    const { data } = await client.api.get<unknown>(handle(name).getPath());
    return readShown(shownProxy, data, `GET /proxies/${name}`);
  }

  /** The client's object for a proxy, under a name that can stand in a path. */
  const handle = (name: string): ProxyClient =>
    new ProxyClient(client, { ...unknownProxy, name: encodeURIComponent(name) });

  return {
    proxies,
    proxy,
    async version() {
      const body: unknown = JSON.parse(await client.getVersion());
      return readShown(shownVersion, body, 'GET /version').version;
    },
    async populate(specs) {
      await client.populate([...specs]);
      const shown = await proxies();
      for (const spec of specs) mustShowProxy(spec, shown.get(spec.name));
      return shown;
    },
    async setEnabled(name, enabled) {
      const { listen, upstream } = await proxy(name);
      await handle(name).update({ listen, upstream, enabled });
      mustShowProxy({ name, listen, upstream, enabled }, await proxy(name));
    },
    removeProxy: (name) => handle(name).remove(),
    async addToxic(name, toxic) {
      await handle(name).addToxic<ToxicSpec['attributes']>(toxic);
      mustShowToxic(name, toxic, await proxy(name));
    },
    async removeToxic(name, toxic) {
      const body = { ...unknownToxic, name: encodeURIComponent(toxic) };
      await new ToxicClient(client.api, handle(name).getPath(), body).remove();
      mustNotShowToxic(toxic, await proxy(name));
    },
    [Symbol.dispose]: () => transport[Symbol.dispose](),
  };
}

/** The client wants whole bodies where only the name is used. */
const unknownProxy = { listen: '', upstream: '', enabled: true, toxics: [] };
const unknownToxic = {
  type: 'latency',
  stream: 'upstream',
  toxicity: 1,
  attributes: {},
} as const;
