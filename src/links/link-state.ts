/**
 * Installing a fault on a link, and undoing whatever fault is found there, through the façade.
 *
 * Undoing asks the server what there is: the toxics that bear the link's name, and whether its proxies are enabled.
 */
import type { Link } from '../core/ids.ts';
import type { LinkFault } from '../core/seams/runtime.ts';
import { hostClock, nsPerMs, sleep } from '../core/time.ts';
import type { Lane } from './faults.ts';
import { ownProxies, toxicFor, toxicName } from './faults.ts';
import type { ShownProxies, ShownProxy } from './shown.ts';
import type { Toxiproxy } from './toxiproxy.ts';
import { ToxiproxyRefusal } from './transport.ts';

/** Installs the fault on a link that has none. One that fails half-way leaves what `undoFaults` finds. */
export async function installFault(
  toxiproxy: Toxiproxy,
  link: Link,
  lanes: readonly Lane[],
  fault: LinkFault,
): Promise<void> {
  if (fault.kind === 'disconnect') {
    for (const proxy of ownProxies(lanes)) await toxiproxy.setEnabled(proxy, false);
    return;
  }
  for (const lane of lanes) await toxiproxy.addToxic(lane.proxy, toxicFor(link, fault, lane));
}

/** Removes every fault of the link that the server shows; none is fine. */
export async function undoFaults(
  toxiproxy: Toxiproxy,
  link: Link,
  lanes: readonly Lane[],
): Promise<void> {
  const shown = await toxiproxy.proxies();
  for (const { proxy } of lanes) {
    if (holdsToxic(link, shown.get(proxy))) await toxiproxy.removeToxic(proxy, toxicName(link));
  }
  for (const proxy of ownProxies(lanes)) {
    if (shown.get(proxy)?.enabled !== true) await enable(toxiproxy, proxy);
  }
}

/** Whether there is nothing to undo. A link that lacks a proxy is not whole. */
export const isWhole = (link: Link, lanes: readonly Lane[], shown: ShownProxies): boolean =>
  ownProxies(lanes).every((proxy) => shown.get(proxy)?.enabled === true) &&
  lanes.every(({ proxy }) => shown.has(proxy) && !holdsToxic(link, shown.get(proxy)));

const holdsToxic = (link: Link, proxy: ShownProxy | undefined): boolean =>
  proxy?.toxics.some(({ name }) => name === toxicName(link)) === true;

const portFreeMsMax = 5000;
const retryMs = 50;

/** While the proxy did not listen, an outgoing connection may have been given its port; such a port comes free again. */
async function enable(toxiproxy: Toxiproxy, name: string): Promise<void> {
  const deadline = AbortSignal.timeout(portFreeMsMax);
  for (;;) {
    try {
      return await toxiproxy.setEnabled(name, true);
    } catch (error) {
      const taken = error instanceof ToxiproxyRefusal && error.reason.includes('already in use');
      if (!taken || deadline.aborted) throw error;
      await sleep(hostClock, retryMs * nsPerMs);
    }
  }
}
