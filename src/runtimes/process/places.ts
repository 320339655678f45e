/**
 * Where everything of a run listens on this host.
 *
 * Nodes of ours are told any address, so they and all links share one loopback address of the run and differ by port.
 * A server keeps its own ports and knows its peers by name; so every node and every link has a loopback address of its
 * own, and each node a hosts file in which a peer's name is the address of the link to it.
 */
import { clientsHost, linkName, allLinks } from '../../core/ids.ts';
import type { Link, NodeId } from '../../core/ids.ts';
import type { Address, ServerPorts } from '../../core/seams/system.ts';
import type { Way } from '../../links/links.ts';
import { freeAddresses, freeHosts } from './addresses.ts';

export interface Places {
  readonly toxiproxy: Address;
  /** Where the node listens for clients, and the controller. */
  node(node: NodeId): Address;
  /** Where the link's sender finds its receiver. */
  link(link: Link): Address;
  ways(link: Link): readonly Way[];
}

/** Places for nodes that listen where they are told. */
export async function portsOfOneHost(nodes: readonly NodeId[]): Promise<Places> {
  const names = ['toxiproxy', ...nodes, ...allLinks(nodes).map(linkName)];
  const addresses = await freeAddresses(names.length);
  const at = tableOf(names, addresses);
  const link = (each: Link) => at(linkName(each));
  return {
    toxiproxy: at('toxiproxy'),
    node: at,
    link,
    ways: (each) => [{ listen: link(each), upstream: at(each.to) }],
  };
}

const toxiproxyPort = 8474;

/** Places for servers that keep their ports. */
export async function hostsOfTheirOwn(
  nodes: readonly NodeId[],
  ports: ServerPorts,
): Promise<Places> {
  const names = ['toxiproxy', ...nodes, ...allLinks(nodes).map(linkName)];
  const all = [ports.client, ...ports.peers, toxiproxyPort];
  const at = tableOf(names, await freeHosts(names.length, [...new Set(all)]));
  const portsOf = ({ from }: Link) => (from === clientsHost ? [ports.client] : ports.peers);
  return {
    toxiproxy: { host: at('toxiproxy'), port: toxiproxyPort },
    node: (node) => ({ host: at(node), port: ports.client }),
    link: (link) => ({ host: at(linkName(link)), port: portsOf(link)[0]! }),
    ways: (link) =>
      portsOf(link).map((port) => ({
        listen: { host: at(linkName(link)), port },
        upstream: { host: at(link.to), port },
      })),
  };
}

function tableOf<T>(names: readonly string[], places: readonly T[]): (name: string) => T {
  const table = new Map(names.map((name, i) => [name, places[i]!]));
  return (name) => table.get(name)!;
}
