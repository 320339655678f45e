import { describe, expect, test } from 'vitest';
import { committedEntriesAgree } from '../../checkers/invariants/committed-entries-agree.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { traceOf } from '../../src/core/trace.ts';
import { MemoryCluster } from './memory-cluster.fixture.ts';

const never = new AbortController().signal;

/**
 * Figure 8 of the Raft paper, played in a cluster of five: an entry of an older generation is brought to a quorum by a
 * leader that is cut off before an entry of its own is; another member, whose entry at that index is newer, leads next.
 */
async function playFigure8(bugs: readonly string[]) {
  const options = { 'batch-entries-max': '1' };
  const cluster = new MemoryCluster({ nodes: 5, seed: 1, bugs, options });
  const { world, ids } = cluster;
  const a = await cluster.elect();
  await world.run(1000);
  const b = cluster.others(a)[0]!;
  const session = await cluster.session(a);

  // A puts an entry on A and B alone.
  world.partition([a, b], cluster.others(a, b));
  session.put('key', 'old', never).catch(() => {});
  await world.run(50);
  const { index } = cluster.events('entry-appended').at(-1)!;

  // E, of the others, is elected, and cut off before its first entry, of the same index, reaches anybody.
  await world.runUntil(() => cluster.events('leader-elected').length === 2, 10_000);
  const e = cluster.events('leader-elected')[1]!.node;
  world.partition([e], cluster.others(e));

  // A or B leads again, and brings the old entry to one of the others; its own entry never gets there.
  const others = cluster.others(a, b, e);
  world.heal([a, b], others);
  const isBrought = (): boolean =>
    cluster
      .events('entry-appended')
      .some((one) => one.index === index && others.includes(one.node));
  await world.runUntil(isBrought, 20_000);
  const again = cluster.leader() as NodeId;
  for (const to of others) world.network.cut(again, to);
  await world.run(5);

  // E leads next, by the votes of the others.
  world.partition([a, b], others);
  world.heal([e], others);
  await world.run(5000);
  world.heal(ids, ids);
  await world.run(2000);
  return { leaders: cluster.events('leader-elected').map(({ node }) => node), a, b, e, world };
}

describe('figure 8', () => {
  test('an older entry on a quorum is not shown, so its loss is none', async () => {
    const { leaders, a, b, e, world } = await playFigure8([]);
    expect([a, b]).toContain(leaders[2]);
    expect(leaders[3]).toBe(e);
    expect(committedEntriesAgree.check(traceOf(world.trace)).kind).toBe('held');
  });

  test('commit-older-generation shows it, and it is overwritten', async () => {
    const { world } = await playFigure8(['high-water-mark/commit-older-generation']);
    expect(committedEntriesAgree.check(traceOf(world.trace)).kind).toBe('violated');
  });
});
