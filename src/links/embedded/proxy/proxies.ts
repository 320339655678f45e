/** The proxies of a server, by name. Changes must not overlap: see `mutex.ts`. */
import type { Random } from '../../../core/random.ts';
import { proxyAlreadyExists, proxyNotFound } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Proxy, ProxySpec } from './proxy.ts';
import { createProxy } from './proxy.ts';

/** A proxy as it should be made. */
export interface ProxyRequest extends ProxySpec {
  readonly enabled: boolean;
}

export interface Proxies {
  /** Throws an ApiError if there is none of that name. */
  get(name: string): Proxy;
  /** All, in the order of their names' bytes. */
  all(): Proxy[];
  /** Throws an ApiError if there is one of that name, or if it cannot listen. */
  add(request: ProxyRequest): Promise<Proxy>;
  /** Leaves a proxy that stands at the same addresses as it is, enabled or not; any other of that name is replaced. */
  addOrReplace(request: ProxyRequest): Promise<Proxy>;
  remove(name: string): Promise<void>;
  /** Stops and forgets all. */
  clear(): Promise<void>;
}

export function createProxies(random: Random, log: Log): Proxies {
  const byName = new Map<string, Proxy>();

  function get(name: string): Proxy {
    const proxy = byName.get(name);
    if (proxy === undefined) throw proxyNotFound();
    return proxy;
  }

  async function put({ enabled, ...spec }: ProxyRequest): Promise<Proxy> {
    const proxy = createProxy(spec, random.fork(spec.name), log);
    if (enabled) await proxy.start();
    byName.set(spec.name, proxy);
    return proxy;
  }

  return {
    get,
    all: () => [...byName.values()].toSorted((a, b) => compareBytes(a.spec.name, b.spec.name)),
    async add(request) {
      if (byName.has(request.name)) throw proxyAlreadyExists();
      return put(request);
    },
    async addOrReplace(request) {
      const existing = byName.get(request.name);
      if (existing !== undefined) {
        if (!(await existing.differs(request))) return existing;
        await existing.stop();
      }
      return put(request);
    },
    async remove(name) {
      await get(name).stop();
      byName.delete(name);
    },
    async clear() {
      await Promise.all([...byName.values()].map((proxy) => proxy.stop()));
      byName.clear();
    },
  };
}

const compareBytes = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));
