/**
 * The links of a run: every directed link is one proxy, named after it, made before any node starts.
 *
 * Whatever is wrong with a link is looked up in the server, not remembered; so healing undoes a fault that was installed
 * half-way, or twice, or by a call whose answer was lost, and healing what is whole changes nothing. Changes of one link
 * wait for each other; links are changed side by side.
 */
import { environmentError, harnessError, messageOf } from '../core/errors.ts';
import { linkName } from '../core/ids.ts';
import type { Link } from '../core/ids.ts';
import type { Links } from '../core/seams/runtime.ts';
import type { Address, ProbeScript } from '../core/seams/system.ts';
import { formatAddress, parseAddress } from './addresses.ts';
import { lanesOf } from './faults.ts';
import type { Lane } from './faults.ts';
import { installFault, isWhole, undoFaults } from './link-state.ts';
import type { Mutex } from './mutex.ts';
import { createMutex } from './mutex.ts';
import { probeLink } from './probe.ts';
import type { RunningToxiproxy } from './serve.ts';
import { toxiproxyAt } from './toxiproxy.ts';
import type { Toxiproxy } from './toxiproxy.ts';
import { ToxiproxyRefusal } from './transport.ts';

export interface LinksOptions {
  readonly server: Pick<RunningToxiproxy, 'apiUrl'>;
  readonly links: readonly Link[];
  /** Where the link's sender connects to; port 0 lets the system choose. */
  readonly listen: (link: Link) => Address;
  /** Where the link's receiver listens. */
  readonly upstream: (link: Link) => Address;
  readonly probe: ProbeScript;
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
    probe: async (link, timeoutMs) => probeLink(link, linkOf(link).address, probe, timeoutMs),
    async [Symbol.asyncDispose]() {
      toxiproxy[Symbol.dispose]();
      await removeProxies(server.apiUrl, links);
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
  { links, listen, upstream }: LinksOptions,
): Promise<ReadonlyMap<string, OpenLink>> {
  const names = new Set(links.map(linkName));
  const shown = await toxiproxy.populate(
    links.map((link) => ({
      name: linkName(link),
      listen: formatAddress(listen(link)),
      upstream: formatAddress(upstream(link)),
      enabled: true,
    })),
  );
  return new Map(
    links.map((link) => {
      const address = parseAddress(shown.get(linkName(link))!.listen);
      return [linkName(link), { address, lanes: lanesOf(link, names), inTurn: createMutex() }];
    }),
  );
}

/** How long they may take to go; they end with the server in any case. */
const closeMsMax = 2000;

async function removeProxies(apiUrl: string, links: readonly Link[]): Promise<void> {
  using toxiproxy = toxiproxyAt(apiUrl, closeMsMax);
  await Promise.allSettled(links.map((link) => toxiproxy.removeProxy(linkName(link))));
}
