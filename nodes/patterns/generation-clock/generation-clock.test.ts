import { describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/core/ids.ts';
import { loneEnv, type LoneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { BallotDamaged } from './ballot-file.ts';
import { generationClockBugs } from './bugs.ts';
import { generation, type Generation } from './generation.ts';
import {
  openGenerationClock,
  type GenerationClock,
  type OpenGenerationClock,
} from './generation-clock.ts';

const n2 = nodeId(2);
const g = generation;

const open = (lone: LoneEnv, how: OpenGenerationClock = openGenerationClock) =>
  lone.settle(how(lone.env()));

/** Enters generation 5 and votes in it, restarts without power, and gives the clock that it finds. */
async function afterRestart(how: OpenGenerationClock): Promise<GenerationClock> {
  const lone = loneEnv();
  const clock = await open(lone, how);
  await lone.settle(clock.enterAndVote(g(5), n2));
  lone.restart('power-loss');
  return open(lone, how);
}

describe('generation clock', () => {
  test('a fresh node is before the first generation, and has not voted', async () => {
    const clock = await open(loneEnv());
    expect([clock.current, clock.votedFor]).toEqual([0, undefined]);
  });

  test('generation and vote survive a power failure', async () => {
    const clock = await afterRestart(openGenerationClock);
    expect([clock.current, clock.votedFor]).toEqual([5, n2]);
  });

  test('a new generation begins without a vote', async () => {
    const lone = loneEnv();
    const clock = await open(lone);
    await lone.settle(clock.enterAndVote(g(5), n2));
    await lone.settle(clock.enter(g(6)));
    expect([clock.current, clock.votedFor]).toEqual([6, undefined]);
  });

  test('it is durable before it is used: a power failure at any moment leaves that, or newer', async () => {
    for (let steps = 0; steps < 20; steps++) {
      const lone = loneEnv();
      const clock = await open(lone);
      await lone.settle(clock.enter(g(4)));
      void clock.enterAndVote(g(5), n2);
      for (let step = 0; step < steps; step++) await lone.world.timeline.step(1000);
      const used = clock.current;
      lone.restart('power-loss');
      expect((await open(lone)).current).toBeGreaterThanOrEqual(used);
    }
  });

  test('what it enters and votes is traced, the generation that it starts with too', async () => {
    const lone = loneEnv();
    await lone.settle((await open(lone)).enterAndVote(g(5), n2));
    lone.restart('kill');
    await open(lone);
    expect(lone.world.trace).toMatchObject([
      { event: 'generation-entered', generation: 0 },
      { event: 'generation-entered', generation: 5 },
      { event: 'vote-granted', generation: 5, to: n2 },
      { event: 'generation-entered', generation: 5 },
    ]);
  });

  test('a damaged file keeps the node from starting, at whatever bit', async () => {
    const lone = loneEnv();
    await lone.settle((await open(lone)).enterAndVote(g(5), n2));
    const bits = lone.world.disk(lone.node).read('generation')!.length * 8;
    for (let bit = 0; bit < bits; bit++) {
      lone.world.disk(lone.node).flipBit('generation', bit);
      await expect(open(lone)).rejects.toThrow(BallotDamaged);
      lone.world.disk(lone.node).flipBit('generation', bit);
    }
  });

  test('a message is older, current or newer', async () => {
    const lone = loneEnv();
    const clock = await open(lone);
    await lone.settle(clock.enter(g(5)));
    expect([4, 5, 6].map((n) => clock.ageOf(g(n)))).toEqual(['older', 'current', 'newer']);
  });
});

describe('planted bugs', () => {
  test('generation-in-memory forgets it over a restart', async () => {
    const clock = await afterRestart(generationClockBugs['generation-in-memory'].part);
    expect([clock.current, clock.votedFor]).toEqual([0, undefined]);
  });

  test('no-fencing keeps it, and takes what is older for current', async () => {
    const clock = await afterRestart(generationClockBugs['no-fencing'].part);
    const ages = [4, 5, 6].map((n) => clock.ageOf(n as Generation));
    expect([clock.current, ...ages]).toEqual([5, 'current', 'current', 'newer']);
  });
});
