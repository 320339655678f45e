import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { simulatedCluster } from '../../../test/support/simulated-cluster.ts';
import { clientsHost, nodeIds } from '../../core/ids.ts';
import type { Link, NodeId } from '../../core/ids.ts';
import type { Cluster, LinkFault } from '../../core/seams/runtime.ts';

const [n1, n2, n3] = nodeIds(3) as [NodeId, NodeId, NodeId];
const there: Link = { from: n1, to: n2 };
const back: Link = { from: n2, to: n1 };

let cluster: Cluster;
beforeEach(async () => {
  cluster = await simulatedCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

/** `forward/backward`, as the probe saw them. */
async function seen(link: Link): Promise<string> {
  const { forward, backward } = await cluster.links.probe(link, 400);
  return `${forward}/${backward}`;
}

describe('a probe of a simulated link', () => {
  test('finds every link of a fresh cluster open, and tells how long it takes', async () => {
    expect(cluster.links.all).toHaveLength(9);
    for (const link of cluster.links.all) {
      const { roundTripMs, ...rest } = await cluster.links.probe(link, 400);
      expect(rest).toEqual({ link, forward: 'open', backward: 'open' });
      expect(roundTripMs).toBeGreaterThanOrEqual(0.2);
      expect(roundTripMs).toBeLessThanOrEqual(1);
    }
  });

  test.each<[LinkFault, string, string]>([
    [{ kind: 'blackhole' }, 'silent/open', 'silent/silent'],
    [{ kind: 'disconnect' }, 'refused/refused', 'open/open'],
    [{ kind: 'reset', afterMs: 0 }, 'reset/open', 'refused/refused'],
    [{ kind: 'delay', latencyMs: 1000, jitterMs: 0 }, 'silent/silent', 'silent/silent'],
    [{ kind: 'delay', latencyMs: 10, jitterMs: 5 }, 'open/open', 'open/open'],
    [{ kind: 'limit', kilobytesPerSec: 1 }, 'open/open', 'open/open'],
  ])('sees %j on its own link, and what it means for the way back', async (fault, own, other) => {
    await cluster.links.install(there, fault);
    expect([await seen(there), await seen(back)]).toEqual([own, other]);
    for (const link of [
      { from: n1, to: n3 },
      { from: n3, to: n2 },
      { from: clientsHost, to: n2 },
    ])
      expect(await seen(link)).toBe('open/open');
    await cluster.links.heal(there);
    expect([await seen(there), await seen(back)]).toEqual(['open/open', 'open/open']);
  });

  test('tells a link that is delayed by how long it takes', async () => {
    await cluster.links.install(there, { kind: 'delay', latencyMs: 100, jitterMs: 0 });
    const { roundTripMs } = await cluster.links.probe(there, 400);
    expect(roundTripMs).toBeGreaterThan(100);
    expect(roundTripMs).toBeLessThan(102);
  });

  test('finds a dead node refusing and a frozen one silent, which proves nothing about the link', async () => {
    await cluster.nodes.kill(n2);
    expect(await seen(there)).toBe('refused/refused');
    await cluster.nodes.restart(n2);
    await cluster.nodes.pause(n2);
    expect(await seen(there)).toBe('silent/silent');
    await cluster.nodes.resume(n2);
    expect(await seen(there)).toBe('open/open');
  });

  test('takes no longer than its time, twice', async () => {
    await cluster.links.install(there, { kind: 'blackhole' });
    const beganNs = cluster.clock.now();
    await cluster.links.probe(there, 400);
    expect((cluster.clock.now() - beganNs) / 1e6).toBeLessThanOrEqual(800);
  });
});

describe('the links of a simulated cluster', () => {
  test('are all healed at once', async () => {
    for (const link of cluster.links.all) await cluster.links.install(link, { kind: 'blackhole' });
    expect(await seen({ from: clientsHost, to: n1 })).toBe('silent/open');
    await cluster.links.healAll();
    for (const link of cluster.links.all) expect(await seen(link)).toBe('open/open');
  });

  test('never hold the controller’s own questions', async () => {
    for (const link of cluster.links.all) await cluster.links.install(link, { kind: 'disconnect' });
    for (const node of cluster.nodes.ids) expect(await cluster.nodes.status(node)).toBeDefined();
  });
});
