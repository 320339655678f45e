import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allLinks, clientsHost, linkName, nodeIds } from '../core/ids.ts';
import type { Link } from '../core/ids.ts';
import type { LinkFault } from '../core/seams/runtime.ts';
import type { Address } from '../core/seams/system.ts';
import { formatAddress } from './addresses.ts';
import type { OpenLinks } from './links.ts';
import { openLinks } from './links.ts';
import type { NodeLike } from './node.fixture.ts';
import { greeting, probe, startNode } from './node.fixture.ts';
import { connectTo } from './peers.fixture.ts';
import { probeWith } from './probe.ts';
import { servers, useServer } from './servers.fixture.ts';
import type { Toxiproxy } from './toxiproxy.ts';
import { toxiproxyAt } from './toxiproxy.ts';

const [n1, n2, n3] = nodeIds(3) as [Link['to'], Link['to'], Link['to']];
const forth: Link = { from: n1, to: n2 };
const back: Link = { from: n2, to: n1 };
const aside: Link = { from: n1, to: n3 };
const fromClients: Link = { from: clientsHost, to: n2 };

/** Enough for a live node of this machine; what is silent is silent for ever. */
const answerMs = 10_000;
const silenceMs = 600;

const anyPort = { host: '127.0.0.1', port: 0 };

const blackhole: LinkFault = { kind: 'blackhole' };
const disconnect: LinkFault = { kind: 'disconnect' };

const wayTo = (upstream: Address) => ({ listen: anyPort, upstream });

describe.each(servers)('links through the $name server', (server) => {
  const api = useServer(server);
  let nodes: ReadonlyMap<string, NodeLike>;
  let links: OpenLinks;
  let toxiproxy: Toxiproxy;

  beforeEach(async () => {
    nodes = new Map(
      await Promise.all(nodeIds(3).map(async (id) => [id, await startNode()] as const)),
    );
    links = await openLinks({
      server: api.running,
      links: allLinks(nodeIds(3)),
      ways: ({ to }) => [{ listen: anyPort, upstream: nodes.get(to)!.address }],
      probe: probeWith({ probe }),
    });
    toxiproxy = toxiproxyAt(api.running.apiUrl);
  });
  afterEach(async () => {
    await links[Symbol.asyncDispose]();
    for (const node of nodes.values()) await node[Symbol.asyncDispose]();
    expect(await toxiproxy.proxies()).toEqual(new Map());
    toxiproxy[Symbol.dispose]();
  });

  /** What a probe sees, `forward/backward`. */
  async function seen(link: Link, timeoutMs = answerMs): Promise<string> {
    const { forward, backward } = await links.probe(link, timeoutMs);
    return `${forward}/${backward}`;
  }
  const shownToxics = async (link: Link) => (await toxiproxy.proxy(linkName(link))).toxics;

  test('every link is a proxy of its own, and leads to its node', async () => {
    expect(links.all).toHaveLength(9);
    expect(new Set(links.all.map((link) => formatAddress(links.address(link)))).size).toBe(9);
    const shown = await toxiproxy.proxies();
    for (const link of links.all) {
      const { listen, upstream, enabled } = shown.get(linkName(link))!;
      expect(listen).toBe(formatAddress(links.address(link)));
      expect(upstream).toBe(formatAddress(nodes.get(link.to)!.address));
      expect(enabled).toBe(true);
    }
  });

  test('a whole link is open both ways, and a probe says how long the answer took', async () => {
    const probed = await links.probe(forth, answerMs);
    expect(probed).toMatchObject({ link: forth, forward: 'open', backward: 'open' });
    expect(probed.roundTripMs).toBeGreaterThan(0);
  });

  test('behind a link whose node is dead nobody is found', async () => {
    await nodes.get(n2)![Symbol.asyncDispose]();
    expect(await seen(forth)).toBe('refused/refused');
  });

  test('a link that is not there is an error that names it', async () => {
    const nowhere: Link = { from: clientsHost, to: 'n9' as Link['to'] };
    await expect(links.probe(nowhere, 1)).rejects.toThrow('there is no link clients→n9');
    await expect(links.install(nowhere, blackhole)).rejects.toThrow('clients→n9');
  });

  describe('cut one way, forth', () => {
    test('probes see what is said back, and nothing of what is said forth', async () => {
      await links.install(forth, blackhole);
      expect(await seen(forth, silenceMs)).toBe('silent/open');
      expect(await seen(back, silenceMs)).toBe('silent/silent');
      expect(await seen(aside)).toBe('open/open');
    });

    test('nothing said forth arrives, on connections that either side opened; all said back does', async () => {
      const opened = await connectTo(links.address(forth));
      const openedBack = await connectTo(links.address(back));
      await opened.receive(greeting.length);
      await openedBack.receive(greeting.length);
      await links.install(forth, blackhole);
      // Of the connection from n2, the answer of n1 is what is said forth.
      openedBack.send('question\n');
      opened.send('swallowed\n');
      await links.heal(forth);
      await opened.ended;
      await openedBack.ended;
      expect(opened.received().toString()).toBe(greeting);
      expect(openedBack.received().toString()).toBe(greeting);
    });

    test('it is cut on two lanes, by toxics that bear its name', async () => {
      await links.install(forth, blackhole);
      const toxic = { name: 'n1→n2', type: 'timeout', toxicity: 1, attributes: { timeout: 0 } };
      expect(await shownToxics(forth)).toEqual([{ ...toxic, stream: 'upstream' }]);
      expect(await shownToxics(back)).toEqual([{ ...toxic, stream: 'downstream' }]);
    });

    test('healed, it is open for new connections', async () => {
      await links.install(forth, blackhole);
      await links.heal(forth);
      expect(await seen(forth)).toBe('open/open');
      expect(await seen(back)).toBe('open/open');
    });
  });

  describe('cut both ways, each way is healed alone', () => {
    test.each([
      [forth, back],
      [back, forth],
    ])('%j first', async (first, second) => {
      await links.install(forth, blackhole);
      await links.install(back, blackhole);
      expect(await seen(forth, silenceMs)).toBe('silent/silent');
      expect(await seen(back, silenceMs)).toBe('silent/silent');
      await links.heal(first);
      expect(await seen(second, silenceMs)).toBe('silent/open');
      await links.heal(second);
      expect(await seen(forth)).toBe('open/open');
      expect(await seen(back)).toBe('open/open');
    });
  });

  test('what clients say can be swallowed, though nobody opens a connection to them', async () => {
    await links.install(fromClients, blackhole);
    expect(await seen(fromClients, silenceMs)).toBe('silent/open');
    await links.heal(fromClients);
    expect(await seen(fromClients)).toBe('open/open');
  });

  describe('disconnected', () => {
    test('its connections are closed and new ones refused; the way back is open', async () => {
      const opened = await connectTo(links.address(forth));
      await links.install(forth, disconnect);
      expect(await opened.ended).toBe('closed');
      expect(await seen(forth)).toBe('refused/refused');
      expect(await seen(back)).toBe('open/open');
    });

    test('healed, it is where it was, and a cut of the way back outlives it', async () => {
      const address = links.address(forth);
      await links.install(back, blackhole);
      await links.install(forth, disconnect);
      await links.heal(forth);
      expect(links.address(forth)).toEqual(address);
      expect((await toxiproxy.proxy(linkName(forth))).listen).toBe(formatAddress(address));
      expect(await seen(forth, silenceMs)).toBe('silent/silent');
      expect(await seen(back, silenceMs)).toBe('silent/open');
    });

    test('healing waits for its port, if somebody has taken it', async () => {
      await links.install(forth, disconnect);
      const squatter = createServer().listen(links.address(forth));
      await once(squatter, 'listening');
      const healed = links.heal(forth);
      await toxiproxy.proxies();
      squatter.close();
      await healed;
      expect(await seen(forth)).toBe('open/open');
    });
  });

  describe('other faults', () => {
    test('delay: the answer is late by as much, whichever side is asked', async () => {
      await links.install(forth, { kind: 'delay', latencyMs: 150, jitterMs: 0 });
      for (const link of [forth, back]) {
        const { roundTripMs } = await links.probe(link, answerMs);
        expect(roundTripMs).toBeGreaterThanOrEqual(148);
      }
    });

    test('delay: a connection that was open when it came and when it went is whole', async () => {
      const opened = await connectTo(links.address(forth));
      await opened.receive(greeting.length);
      await links.install(forth, { kind: 'delay', latencyMs: 3_600_000, jitterMs: 0 });
      opened.send('late\n');
      await links.heal(forth);
      opened.send('later\n');
      const all = `${greeting}late\nlater\n`;
      expect((await opened.receive(all.length)).toString()).toBe(all);
    });

    test('reset: what is said forth resets the connection', async () => {
      await links.install(forth, { kind: 'reset', afterMs: 0 });
      expect(await seen(forth)).toBe('reset/open');
    });

    test.each<[LinkFault, string, object]>([
      [{ kind: 'limit', kilobytesPerSec: 7 }, 'bandwidth', { rate: 7 }],
      [
        { kind: 'slice', bytesAverage: 9, bytesVariation: 2, delayUs: 10 },
        'slicer',
        { average_size: 9, size_variation: 2, delay: 10 },
      ],
    ])('%j is a toxic of type %s, and lets all through', async (fault, type, attributes) => {
      await links.install(forth, fault);
      expect(await shownToxics(forth)).toMatchObject([{ type, attributes, stream: 'upstream' }]);
      expect(await shownToxics(back)).toMatchObject([{ type, attributes, stream: 'downstream' }]);
      expect(await seen(forth)).toBe('open/open');
    });

    test('a fault takes the place of the one before', async () => {
      await links.install(forth, blackhole);
      await links.install(forth, disconnect);
      expect(await shownToxics(forth)).toEqual([]);
      expect(await shownToxics(back)).toEqual([]);
      await links.install(forth, { kind: 'delay', latencyMs: 1, jitterMs: 0 });
      expect(await seen(forth)).toBe('open/open');
      expect(await shownToxics(forth)).toMatchObject([{ type: 'latency' }]);
      await links.install(forth, { kind: 'delay', latencyMs: 2, jitterMs: 1 });
      expect(await shownToxics(forth)).toMatchObject([{ attributes: { latency: 2, jitter: 1 } }]);
    });
  });

  describe('healing', () => {
    test('what is whole changes nothing, however often', async () => {
      const opened = await connectTo(links.address(forth));
      await links.heal(forth);
      await links.heal(forth);
      await links.healAll();
      const all = `${greeting}still there\n`;
      opened.send('still there\n');
      expect((await opened.receive(all.length)).toString()).toBe(all);
    });

    test('undoes a fault that was installed half-way', async () => {
      const half = { name: 'n1→n2', type: 'timeout', attributes: { timeout: 0 } } as const;
      await toxiproxy.addToxic('n2→n1', { ...half, stream: 'downstream', toxicity: 1 });
      expect(await seen(back, silenceMs)).toBe('silent/silent');
      await links.heal(forth);
      expect(await seen(back)).toBe('open/open');
    });

    test('undoes a fault of which half is gone', async () => {
      await links.install(forth, blackhole);
      await toxiproxy.removeToxic('n1→n2', 'n1→n2');
      await links.heal(forth);
      expect(await seen(forth)).toBe('open/open');
      expect(await shownToxics(back)).toEqual([]);
    });

    test('an install that fails is an error, and what it left is undone', async () => {
      const { upstream } = await toxiproxy.proxy('n2→n1');
      await toxiproxy.removeProxy('n2→n1');
      await expect(links.install(forth, blackhole)).rejects.toThrow('proxy not found');
      const { listen } = { listen: formatAddress(links.address(back)) };
      await toxiproxy.populate([{ name: 'n2→n1', listen, upstream, enabled: true }]);
      await links.heal(forth);
      expect(await seen(forth)).toBe('open/open');
    });

    test('all at once undoes every fault of every link', async () => {
      const faults: LinkFault[] = [blackhole, disconnect, { kind: 'reset', afterMs: 0 }];
      await Promise.all(links.all.map((link, i) => links.install(link, faults[i % 3]!)));
      await links.healAll();
      expect(await Promise.all(links.all.map((link) => seen(link)))).toEqual(
        links.all.map(() => 'open/open'),
      );
      const shown = await toxiproxy.proxies();
      expect(Array.from(shown.values(), ({ toxics }) => toxics.length)).toEqual(Array(9).fill(0));
    });

    test('all at once heals the others, and says which it could not', async () => {
      await links.install(back, blackhole);
      await links.install(aside, blackhole);
      await toxiproxy.removeProxy('clients→n1');
      await expect(links.healAll()).rejects.toThrow(/1 of 9 links were not healed: .*clients→n1/);
      expect(await seen(back)).toBe('open/open');
      expect(await seen(aside)).toBe('open/open');
    });
  });

  test('a link to a node with two ports is two proxies, and a fault of it acts on both', async () => {
    await using second = await startNode();
    const link: Link = { from: 'n8' as Link['to'], to: 'n9' as Link['to'] };
    const back: Link = { from: link.to, to: 'n8' as Link['to'] };
    await using more = await openLinks({
      server: api.running,
      links: [link, back],
      ways: () => [nodes.get(n1)!.address, second.address].map(wayTo),
      probe: probeWith({ probe }),
    });
    const port = `n8→n9:${second.address.port}`;
    const faulty = async () => {
      const shown = await toxiproxy.proxies();
      return [...shown.values()]
        .filter(({ enabled, toxics }) => !enabled || toxics.length > 0)
        .map(
          ({ name, toxics }) =>
            `${name} ${toxics.map(({ stream }) => stream).join() || 'disabled'}`,
        )
        .toSorted();
    };
    await more.install(link, disconnect);
    expect(await faulty()).toEqual(['n8→n9 disabled', `${port} disabled`]);
    await more.install(link, blackhole);
    expect(await faulty()).toEqual([
      'n8→n9 upstream',
      `${port} upstream`,
      'n9→n8 downstream',
      `n9→n8:${second.address.port} downstream`,
    ]);
    await more.healAll();
    expect(await faulty()).toEqual([]);
  });

  test('a link whose port is taken is an error of the environment', async () => {
    const taken = nodes.get(n1)!.address;
    const opening = openLinks({
      server: api.running,
      links: [{ from: clientsHost, to: n3 }],
      ways: () => [{ listen: taken, upstream: taken }],
      probe: probeWith({ probe }),
    });
    await expect(opening).rejects.toMatchObject({
      code: 'environment',
      message: `the links cannot be opened: listen tcp ${formatAddress(taken)}: bind: address already in use`,
    });
  });

  test('a node that waits to be spoken to is probed by its answer alone', async () => {
    await using silent = await startNode(false);
    const link: Link = { from: clientsHost, to: 'n7' as Link['to'] };
    await using more = await openLinks({
      server: api.running,
      links: [link],
      ways: () => [{ listen: anyPort, upstream: silent.address }],
      probe: probeWith({ probe: { ...probe, greets: false } }),
    });
    const { forward, backward } = await more.probe(link, answerMs);
    expect([forward, backward]).toEqual(['open', 'open']);
    await more.install(link, blackhole);
    const cut = await more.probe(link, silenceMs);
    expect([cut.forward, cut.backward]).toEqual(['silent', 'silent']);
  });
});
