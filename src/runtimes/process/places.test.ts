import { describe, expect, test } from 'vitest';
import { allLinks, clientsHost, linkName, nodeIds, type NodeId } from '../../core/ids.ts';
import type { Address } from '../../core/seams/system.ts';
import { hostsOfTheirOwn, portsOfOneHost, type Places } from './places.ts';

const nodes = nodeIds(3);
const [n1, n2] = nodes as [NodeId, NodeId];
const links = allLinks(nodes);
const everywhere = (places: Places) => [
  places.toxiproxy,
  ...nodes.map((node) => places.node(node)),
  ...links.map((link) => places.link(link)),
];
const text = ({ host, port }: Address) => `${host}:${port}`;

describe('places on one host', () => {
  test('differ by port, and each link is one way to its receiver', async () => {
    const places = await portsOfOneHost(nodes);
    const all = everywhere(places);
    expect(new Set(all.map(({ host }) => host)).size).toBe(1);
    expect(new Set(all.map(text)).size).toBe(1 + 3 + 9);
    for (const link of links)
      expect(places.ways(link)).toEqual([
        { listen: places.link(link), upstream: places.node(link.to) },
      ]);
  });
});

describe.runIf(process.platform === 'linux')('places on hosts of their own', () => {
  const ports = { client: 2379, peers: [2380, 2381] };

  test('differ by host: a server keeps its ports, and a link has those of its receiver', async () => {
    const places = await hostsOfTheirOwn(nodes, ports);
    const hosts = everywhere(places);
    expect(new Set(hosts.map(({ host }) => host)).size).toBe(1 + 3 + 9);
    expect(places.node(n1).port).toBe(2379);
    expect(places.link({ from: n1, to: n2 }).port).toBe(2380);
    expect(places.link({ from: clientsHost, to: n2 }).port).toBe(2379);
  });

  test('lead a peer to every port of its peers, and clients to that of clients alone', async () => {
    const places = await hostsOfTheirOwn(nodes, ports);
    const ways = (from: NodeId | typeof clientsHost) =>
      places.ways({ from, to: n2 }).map(({ listen, upstream }) => [text(listen), text(upstream)]);
    const link = places.link({ from: n1, to: n2 }).host;
    const clients = places.link({ from: clientsHost, to: n2 }).host;
    const node = places.node(n2).host;
    expect(ways(n1)).toEqual([
      [`${link}:2380`, `${node}:2380`],
      [`${link}:2381`, `${node}:2381`],
    ]);
    expect(ways(clientsHost)).toEqual([[`${clients}:2379`, `${node}:2379`]]);
  });

  test('begin every link where the first of its ways does', async () => {
    const places = await hostsOfTheirOwn(nodes, ports);
    const first = links.map((link) => [linkName(link), places.ways(link)[0]!.listen]);
    expect(first).toEqual(links.map((link) => [linkName(link), places.link(link)]));
  });

  test('of a node alone need no port of peers', async () => {
    const places = await hostsOfTheirOwn([n1], { client: 2379, peers: [] });
    expect(places.ways({ from: clientsHost, to: n1 })).toHaveLength(1);
  });
});
