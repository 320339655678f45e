import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clocks, Cluster } from '../src/core/seams/runtime.ts';
import { nodeIds } from '../src/core/ids.ts';
import { MemoryWorld } from '../nodes/sdk/memory/world.ts';
import { timelineClock } from '../src/runtimes/sim/clock.ts';
import { simulatedClocks } from '../src/runtimes/sim/faults.ts';
import { simulatedCluster } from '../test/support/simulated-cluster.ts';
import { clock } from './clock.ts';
import { isSeen } from './clock-modes.ts';
import type { ClockFault } from './clock-modes.ts';
import { watchClocks } from './clock-seen.ts';

const nodes = nodeIds(3);
const start = (fault: ClockFault) => ({
  f: 'start',
  value: { ...fault, target: 'one', order: nodes },
});
const faults: readonly ClockFault[] = [
  { mode: 'offset', offsetMs: 300_000 },
  { mode: 'offset', offsetMs: -20 },
  { mode: 'drift', rate: 1.25 },
  { mode: 'drift', rate: 0.98 },
  { mode: 'strobe', offsetMs: -60_000, periodMs: 20 },
  { mode: 'strobe', offsetMs: 20, periodMs: 500 },
];

let cluster: Cluster;
beforeAll(async () => {
  cluster = await simulatedCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** The cluster, with clocks that obey only in part. */
const withClocks = (changed: Partial<Clocks>): Cluster => ({
  ...cluster,
  clocks: { ...cluster.clocks!, ...changed },
});

describe('wrong clocks', () => {
  test.each(faults)('%j is seen on the node that it is meant for, and healed', async (fault) => {
    const report = await clock.apply(start(fault), cluster);
    expect(report).toMatchObject({ outcome: 'installed', evidence: { failures: [] } });
    const { after } = report.evidence as { after: Record<string, object> };
    expect(Object.keys(after)).toEqual(['n1']);
    expect(await watchClocks(cluster.clocks!, cluster.clock, nodes[1]!)).toMatchObject({
      aheadMsMin: expect.closeTo(0, 2) as number,
      aheadMsMax: expect.closeTo(0, 2) as number,
      rate: expect.closeTo(1, 5) as number,
    });
    expect(await clock.heal(cluster)).toMatchObject({ outcome: 'installed' });
    expect(await clock.heal(cluster)).toMatchObject({ outcome: 'installed' });
  });

  test.each(faults)('%j that does not take hold is not called installed', async (fault) => {
    const deaf = withClocks({ offset: ignored, drift: ignored, strobe: ignored });
    expect(await clock.apply(start(fault), deaf)).toMatchObject({ outcome: 'indeterminate' });
  });

  test.each(faults)('%j that is not undone is not called healed', async (fault) => {
    await clock.apply(start(fault), cluster);
    const deaf = withClocks({ heal: ignored });
    expect(await clock.heal(deaf)).toMatchObject({ outcome: 'indeterminate' });
    await clock.heal(cluster);
  });

  test('a clock that cannot be changed is named in the evidence', async () => {
    const broken = withClocks({ offset: () => Promise.reject(new Error('no such clock')) });
    expect(await clock.apply(start(faults[0]!), broken)).toMatchObject({
      outcome: 'indeterminate',
      evidence: { failures: ['no such clock'] },
    });
  });

  test('a dead node has clocks too', async () => {
    await cluster.nodes.kill(nodes[0]!);
    expect(await clock.apply(start(faults[0]!), cluster)).toMatchObject({ outcome: 'installed' });
    await cluster.nodes.restart(nodes[0]!);
    expect(await cluster.nodes.status(nodes[0]!)).toBeDefined();
    await clock.heal(cluster);
  });

  test('a runtime without clocks is a mistake of the plan', async () => {
    const { clocks: _, ...without } = cluster;
    await expect(clock.apply(start(faults[0]!), without)).rejects.toMatchObject({
      code: 'harness',
    });
  });
});

test('a strobe of any period is seen as one', async () => {
  const world = new MemoryWorld({
    seed: 1,
    program: () => Promise.resolve(),
    settings: { members: nodes, bugs: [], options: {} },
  });
  const clocks = simulatedClocks(world);
  for (let periodMs = 20; periodMs <= 500; periodMs++) {
    const fault = { mode: 'strobe', offsetMs: 1000, periodMs } as const;
    await clocks.strobe(nodes[0]!, fault.offsetMs, fault.periodMs);
    const watching = watchClocks(clocks, timelineClock(world.timeline), nodes[0]!);
    expect(isSeen(fault, await world.settle(watching, 5000))).toBe(true);
  }
});

const ignored = (): Promise<void> => Promise.resolve();
