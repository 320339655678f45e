import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeIds } from '../src/core/ids.ts';
import type { Cluster, Disks } from '../src/core/seams/runtime.ts';
import { simulatedCluster } from '../test/support/simulated-cluster.ts';
import { firstFaults } from './drawn.fixture.ts';
import { slowDisk } from './slow-disk.ts';

const nodes = nodeIds(3);
const [n1, n2] = nodes;
const start = { f: 'start', value: { syncMs: 200, target: 'one', order: nodes } };

let cluster: Cluster;
beforeAll(async () => {
  cluster = await simulatedCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

const withDisks = (changed: Partial<Disks>): Cluster => ({
  ...cluster,
  disks: { ...cluster.disks!, ...changed },
});

describe('slow disks', () => {
  property.prop([fc.string()])('take 20 to 500 ms a sync, as the seed says', (seed) => {
    const draw = () => firstFaults(slowDisk, seed).map((value) => (value as Drawn).syncMs);
    const drawn = draw();
    expect(draw()).toEqual(drawn);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(500);
  });

  test('are as slow as asked, on the node that is meant, and healed', async () => {
    expect(await slowDisk.apply(start, cluster)).toMatchObject({
      outcome: 'installed',
      evidence: { after: { n1: { syncMs: 200, usualSyncMs: 0.3 } }, failures: [] },
    });
    expect(await cluster.disks!.read(n2!)).toEqual({ syncMs: 0.3, usualSyncMs: 0.3 });
    for (let times = 0; times < 2; times++)
      expect(await slowDisk.heal(cluster)).toMatchObject({
        outcome: 'installed',
        evidence: { after: { n1: { syncMs: 0.3 } } },
      });
  });

  test('that are as fast as ever are not called slow, nor healed while they are slow', async () => {
    const deaf = withDisks({ slow: ignored, heal: ignored });
    expect(await slowDisk.apply(start, deaf)).toMatchObject({ outcome: 'indeterminate' });
    await slowDisk.apply(start, cluster);
    expect(await slowDisk.heal(deaf)).toMatchObject({ outcome: 'indeterminate' });
    await slowDisk.heal(cluster);
  });

  test('stay slow when their node is started again', async () => {
    await slowDisk.apply(start, cluster);
    await cluster.nodes.kill(n1!);
    const beganNs = cluster.clock.now();
    await cluster.nodes.restart(n1!);
    expect((cluster.clock.now() - beganNs) / 1e6).toBeGreaterThan(200);
    await slowDisk.heal(cluster);
  });
});

interface Drawn {
  readonly syncMs: number;
}

const ignored = (): Promise<void> => Promise.resolve();
