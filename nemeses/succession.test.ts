import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeIds } from '../src/core/ids.ts';
import type { FaultReport } from '../src/core/seams/nemesis.ts';
import type { Cluster } from '../src/core/seams/runtime.ts';
import { simulatedCluster } from '../test/support/simulated-cluster.ts';
import { succession } from './succession.ts';

const nodes = nodeIds(5);

interface Evidence {
  readonly leader: string;
  readonly generation: number;
  readonly outcome: FaultReport['outcome'];
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await simulatedCluster({ nodes, seed: 'succession' });
});
afterAll(() => cluster[Symbol.asyncDispose]());

const start = (value: object) => succession.apply({ f: 'start', value }, cluster);

describe('succession', () => {
  test('cuts off one leader after the other, each of a newer generation, and heals', async () => {
    const value = { reignsMs: [5, 50, 5], company: [false, true, false], order: nodes };
    const { outcome, evidence } = await start(value);
    const reigns = evidence as readonly Evidence[];
    expect(outcome).toBe('installed');
    expect(reigns.map((reign) => reign.outcome)).toEqual(['installed', 'installed', 'installed']);
    const generations = reigns.map(({ generation }) => generation);
    expect(generations).toEqual([...new Set(generations)].toSorted((a, b) => a - b));
    for (const [n, { leader }] of reigns.entries())
      if (n > 0) expect(leader).not.toBe(reigns[n - 1]!.leader);

    expect((await succession.heal(cluster)).outcome).toBe('installed');
    const probes = await Promise.all(
      cluster.links.all.map((link) => cluster.links.probe(link, 500)),
    );
    expect(probes.every(({ forward }) => forward === 'open')).toBe(true);
  });

  test('is skipped where nobody leads', async () => {
    for (const node of nodes) await cluster.nodes.kill(node);
    const value = { reignsMs: [5], company: [false], order: nodes };
    expect((await start(value)).outcome).toBe('skipped');
    for (const node of nodes) await cluster.nodes.restart(node);
  });
});
