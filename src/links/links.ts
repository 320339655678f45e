/**
 * The links of a run: every directed link is one proxy, named after it, made before any node starts; one to a server
 * that its peers reach at several ports is a proxy for each, and what is done to the link is done to all of them.
 *
 * Whatever is wrong with a link is looked up in the server, not remembered; so healing undoes a fault that was installed
 * half-way, or twice, or by a call whose answer was lost, and healing what is whole changes nothing. Changes of one link
 * wait for each other; links are changed side by side.
 */
import { environmentError, harnessError, messageOf } from '../core/errors.ts';
import { linkName } from '../core/ids.ts';
import type { Link } from '../core/ids.ts';
import type { Links } from '../core/seams/runtime.ts';
import type { Address } from '../core/seams/system.ts';
import { formatAddress, parseAddress } from './addresses.ts';
import { lanesOf, ownProxies } from './faults.ts';
import type { Lane } from './faults.ts';
import { installFault, isWhole, undoFaults } from './link-state.ts';
import type { Mutex } from './mutex.ts';
import { createMutex } from './mutex.ts';
import type { Prober } from './probe.ts';
import type { RunningToxiproxy } from './serve.ts';
import { toxiproxyAt } from './toxiproxy.ts';
import type { Toxiproxy } from './toxiproxy.ts';
import type { ProxySpec } from './toxics.ts';
import { ToxiproxyRefusal } from './transport.ts';

export interface LinksOptions {
  readonly server: Pick<RunningToxiproxy, 'apiUrl'>;
  readonly links: readonly Link[];
  /** What each link is made of; at least one way, and the first is the one that is probed. */
  readonly ways: (link: Link) => readonly Way[];
  readonly probe: Prober;
}

/** One proxy of a link: the way to one port of its receiver. */
export interface Way {
  /** Where the link's sender connects to; port 0 lets the system choose. */
  readonly listen: Address;
  /** Where the link's receiver listens, as Toxiproxy reaches it. */
  readonly upstream: Address;
}

export interface OpenLinks extends Links, AsyncDisposable {
  /** Where the link's sender reaches its receiver. */
  address(link: Link): Address;
}

/** Makes all proxies in one call. Disposing of the links removes them, as far as the server still answers. */
export async function openLinks(options: LinksOptions): Promise<OpenLinks> {
  const { server, links, probe } = options;
  const toxiproxy = toxiproxyAt(server.apiUrl);
  const known = await openProxies(toxiproxy, options).catch((error: unknown) => {
    toxiproxy[Symbol.dispose]();
    throw error instanceof ToxiproxyRefusal && error.status === 500
      ? environmentError(`the links cannot be opened: ${error.reason}`, undefined, error)
      : error;
  });

  function linkOf(link: Link): OpenLink {
    const found = known.get(linkName(link));
    if (found === undefined) throw harnessError(`there is no link ${linkName(link)}`);
    return found;
  }

  async function heal(link: Link): Promise<void> {
    const { lanes, inTurn } = linkOf(link);
    await inTurn(() => undoFaults(toxiproxy, link, lanes));
  }

  return {
    all: links,
    address: (link) => linkOf(link).address,
    async install(link, fault) {
      const { lanes, inTurn } = linkOf(link);
      await inTurn(async () => {
        await undoFaults(toxiproxy, link, lanes);
        await installFault(toxiproxy, link, lanes, fault);
      });
    },
    heal,
    async healAll() {
      // A change that is under way may yet install something.
      await Promise.all(links.map((link) => linkOf(link).inTurn(async () => {})));
      const shown = await toxiproxy.proxies();
      const faulty = links.filter((link) => !isWhole(link, linkOf(link).lanes, shown));
      const outcomes = await Promise.allSettled(faulty.map(heal));
      const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
      if (failures.length === 0) return;
      const why = messageOf(failures[0]!.reason);
      throw harnessError(`${failures.length} of ${links.length} links were not healed: ${why}`);
    },
    probe: async (link, timeoutMs) => probe(link, linkOf(link).address, timeoutMs),
    async [Symbol.asyncDispose]() {
      toxiproxy[Symbol.dispose]();
      await removeProxies(
        server.apiUrl,
        links.flatMap((link) => ownProxies(linkOf(link).lanes)),
      );
    },
  };
}

interface OpenLink {
  readonly address: Address;
  readonly lanes: readonly Lane[];
  readonly inTurn: Mutex;
}

async function openProxies(
  toxiproxy: Toxiproxy,
  { links, ways }: LinksOptions,
): Promise<ReadonlyMap<string, OpenLink>> {
  const proxies = new Map(links.map((link) => [linkName(link), proxiesFor(link, ways(link))]));
  const shown = await toxiproxy.populate([...proxies.values()].flat());
  const proxiesOf = (link: Link) => (proxies.get(linkName(link)) ?? []).map(({ name }) => name);
  return new Map(
    links.map((link) => {
      const address = parseAddress(shown.get(linkName(link))!.listen);
      const lanes = lanesOf(link, proxiesOf);
      return [linkName(link), { address, lanes, inTurn: createMutex() }];
    }),
  );
}

/** The first bears the link's name, the others the link's and their port. */
const proxiesFor = (link: Link, ways: readonly Way[]): ProxySpec[] =>
  ways.map(({ listen, upstream }, i) => ({
    name: i === 0 ? linkName(link) : `${linkName(link)}:${upstream.port}`,
    listen: formatAddress(listen),
    upstream: formatAddress(upstream),
    enabled: true,
  }));

/** How long they may take to go; they end with the server in any case. */
const closeMsMax = 2000;

async function removeProxies(apiUrl: string, names: readonly string[]): Promise<void> {
  using toxiproxy = toxiproxyAt(apiUrl, closeMsMax);
  await Promise.allSettled(names.map((name) => toxiproxy.removeProxy(name)));
}
