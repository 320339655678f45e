import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replicatedLog } from '../nodes/replicated-log/system.ts';
import { nodeIds } from '../src/core/ids.ts';
import type { Cluster, Disks } from '../src/core/seams/runtime.ts';
import { settle } from '../src/run/settle.ts';
import { simulatedCluster } from '../test/support/simulated-cluster.ts';
import { kill } from './kill.ts';
import { pause } from './pause.ts';
import { powerLoss } from './power-loss.ts';

const nodes = nodeIds(3);
const start = (target: string) => ({ f: 'start', value: { target, order: nodes } });
const never = new AbortController().signal;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await simulatedCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

const withDisks = (changed: Partial<Disks>): Cluster => ({
  ...cluster,
  disks: { ...cluster.disks!, ...changed },
});

/** A write of which nobody waits until it is synced. */
async function writeSomething(): Promise<void> {
  const session = await cluster.connect({ client: 'c', node: nodes[0]!, options: {} });
  await session.put('key', 1, never);
  void session.put('key', 2, never).catch(() => {});
}

describe('a power loss', () => {
  test('leaves its nodes dead, says what each disk lost, and brings them back', async () => {
    const report = await powerLoss.apply(start('minority'), cluster);
    expect(report).toMatchObject({
      outcome: 'installed',
      evidence: { before: { n1: 'running' }, after: { n1: 'dead' }, failures: [] },
    });
    const { struck } = report.evidence as { struck: Record<string, { bytesLost: number }> };
    expect(struck).toEqual({ n1: { bytesLost: expect.any(Number) as number } });
    expect(await powerLoss.heal(cluster)).toMatchObject({
      outcome: 'installed',
      evidence: { before: { n1: 'dead', n2: 'running' }, after: { n1: 'running' } },
    });
    expect(await powerLoss.heal(cluster)).toMatchObject({ outcome: 'installed' });
  });

  test('of all nodes takes nothing that was acknowledged', async () => {
    await settle(cluster, replicatedLog, 30_000, never);
    await writeSomething();
    await powerLoss.apply(start('all'), cluster);
    await powerLoss.heal(cluster);
    await settle(cluster, replicatedLog, 30_000, never);
    const session = await cluster.connect({ client: 'd', node: nodes[1]!, options: {} });
    expect([1, 2]).toContain(await session.get('key', never));
  });

  test('strikes no node that is dead or frozen already, and that is said', async () => {
    await kill.apply(start('one'), cluster);
    const onDead = await powerLoss.apply(start('one'), cluster);
    expect(onDead).toMatchObject({ outcome: 'skipped', evidence: { before: { n1: 'dead' } } });
    expect(onDead.evidence).not.toHaveProperty('struck');
    await powerLoss.heal(cluster);
    await pause.apply(start('one'), cluster);
    expect(await powerLoss.apply(start('one'), cluster)).toMatchObject({ outcome: 'skipped' });
    await pause.heal(cluster);
  });

  test('and a kill heal at once, each of which finds the node up again', async () => {
    await powerLoss.apply(start('all'), cluster);
    const reports = await Promise.all([kill.heal(cluster), powerLoss.heal(cluster)]);
    for (const report of reports)
      expect(report).toMatchObject({ outcome: 'installed', evidence: { failures: [] } });
  });

  test('of a node that lives on is not called installed', async () => {
    const powered = withDisks({ losePower: () => Promise.resolve({ bytesLost: 0 }) });
    expect(await powerLoss.apply(start('one'), powered)).toMatchObject({
      outcome: 'indeterminate',
      evidence: { after: { n1: 'running' } },
    });
  });

  test('that was not undone is not called healed', async () => {
    await powerLoss.apply(start('one'), cluster);
    const stuck: Cluster = {
      ...cluster,
      nodes: { ...cluster.nodes, restart: () => Promise.reject(new Error('no power')) },
    };
    expect(await powerLoss.heal(stuck)).toMatchObject({
      outcome: 'indeterminate',
      evidence: { after: { n1: 'dead' }, failures: ['no power'] },
    });
    await powerLoss.heal(cluster);
  });
});
