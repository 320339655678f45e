import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replicatedLog } from '../../../nodes/replicated-log/system.ts';
import { simulatedCluster } from '../../../test/support/simulated-cluster.ts';
import type { SimulatedCluster } from '../../../test/support/simulated-cluster.ts';
import { nodeIds } from '../../core/ids.ts';
import type { NodeId } from '../../core/ids.ts';
import type { Clocks, Disks } from '../../core/seams/runtime.ts';
import { nsPerMs, sleep } from '../../core/time.ts';
import { settle } from '../../run/settle.ts';

const [n1, n2] = nodeIds(3) as [NodeId, NodeId];
const never = new AbortController().signal;

let cluster: SimulatedCluster;
let clocks: Clocks;
let disks: Disks;
beforeEach(async () => {
  cluster = await simulatedCluster();
  clocks = cluster.clocks!;
  disks = cluster.disks!;
});
afterEach(() => cluster[Symbol.asyncDispose]());

const pass = (ms: number) => sleep(cluster.clock, ms * nsPerMs);
async function aheadMs(node: NodeId): Promise<number> {
  const { wallMs, trueMs } = await clocks.read(node);
  return wallMs - trueMs;
}

describe('the clocks of simulated nodes', () => {
  test('are read as they are: an offset on one node alone', async () => {
    await clocks.offset(n1, -1500);
    expect(await aheadMs(n1)).toBeCloseTo(-1500, 2);
    expect(await aheadMs(n2)).toBeCloseTo(0, 2);
    await clocks.heal(n1);
    expect(await aheadMs(n1)).toBeCloseTo(0, 2);
  });

  test('drift in both clocks, against the true time', async () => {
    const before = await clocks.read(n1);
    await clocks.drift(n1, 0.8);
    await pass(1000);
    const after = await clocks.read(n1);
    expect(after.trueMs - before.trueMs).toBeCloseTo(1000, 2);
    expect(after.monotonicMs - before.monotonicMs).toBeCloseTo(800, 2);
    expect(await aheadMs(n1)).toBeCloseTo(-200, 2);
  });

  test('strobe there and back', async () => {
    await clocks.strobe(n1, 700, 100);
    expect(await aheadMs(n1)).toBeCloseTo(700, 2);
    await pass(150);
    expect(await aheadMs(n1)).toBeCloseTo(0, 2);
  });

  test('outlive the node', async () => {
    await clocks.offset(n1, 5000);
    await cluster.nodes.kill(n1);
    expect(await aheadMs(n1)).toBeCloseTo(5000, 2);
    await cluster.nodes.restart(n1);
    expect(await aheadMs(n1)).toBeCloseTo(5000, 2);
  });

  test('that jump by minutes depose nobody: no timeout rests on the wall clock', async () => {
    const elected = () => cluster.events.filter(({ event }) => event === 'leader-elected').length;
    const before = elected();
    for (const node of cluster.nodes.ids) await clocks.strobe(node, 300_000, 20);
    await pass(10_000);
    expect(elected()).toBe(before);
  });
});

describe('the disks of simulated nodes', () => {
  test('are as slow as asked, and as fast as ever when healed', async () => {
    await disks.slow(n1, 250);
    expect(await disks.read(n1)).toEqual({ syncMs: 250, usualSyncMs: 0.3 });
    await disks.heal(n1);
    expect(await disks.read(n1)).toEqual({ syncMs: 0.3, usualSyncMs: 0.3 });
  });

  test('are damaged only when their node is dead', async () => {
    await expect(disks.damage(n1, { kind: 'flip' })).rejects.toThrow('the disk of n1 is in use');
    await cluster.nodes.kill(n1);
    expect(await disks.damage(n1, { kind: 'flip' })).toMatch(/^bit \d+ of \w+/);
  });

  test('that lose power end their node, which nobody calls unexpected', async () => {
    const ends: string[] = [];
    cluster.nodes.onUnexpectedExit((node, how) => ends.push(`${node}: ${how}`));
    expect(await disks.losePower(n1)).toEqual({ bytesLost: expect.any(Number) as number });
    expect(await cluster.nodes.state(n1)).toBe('dead');
    await cluster.nodes.restart(n1);
    await settle(cluster, replicatedLog, 10_000, never);
    expect(ends).toEqual([]);
  });

  test('lose power even while their node is being restarted, and the node can be started after that', async () => {
    await cluster.nodes.kill(n1);
    const restarting = cluster.nodes.restart(n1).catch(() => {});
    await disks.losePower(n1);
    await restarting;
    expect(await cluster.nodes.state(n1)).toBe('dead');
    await cluster.nodes.restart(n1);
    expect(await cluster.nodes.state(n1)).toBe('running');
  });
});
