import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../../src/core/ids.ts';
import type { LinkFault } from '../../../src/core/seams/runtime.ts';
import type { Env } from '../env.ts';
import type { Connection } from '../network.ts';
import type { Passage } from './network.ts';
import { MemoryWorld } from './world.ts';

const [n1, n2] = nodeIds(2) as [NodeId, NodeId];

/** Two nodes; n1 dials n2. Both note what they hear and when. */
async function line(lossesPerHour = 0) {
  const heard: string[] = [];
  const arrivedMs: number[] = [];
  const passages: Passage[] = [];
  let env!: Env;
  let far: Connection | undefined;
  const world = new MemoryWorld({
    seed: 1,
    weather: { latencyMsMin: 1, latencyMsMax: 1, lossesPerHour },
    settings: { members: [n1, n2], bugs: [], options: {} },
    async program(given) {
      if (given.node === n1) env = given;
      else
        await given.network.listen((connection) => {
          far = connection;
          return events(n2);
        });
    },
  });
  world.network.onPassage = (passage) => passages.push(passage);
  const events = (node: NodeId) => ({
    opened: () => heard.push(`${node}: opened`),
    frame({ kind }: { kind: string }) {
      heard.push(`${node}: ${kind}`);
      arrivedMs.push(world.timeline.nowMs);
    },
    closed: (why: string) => heard.push(`${node}: ${why}`),
  });
  world.startAll();
  const dial = () => env.network.connect(n2, events(n1));
  const near = dial();
  await world.run(10);
  heard.length = 0;
  return {
    world,
    heard,
    passages,
    /** Since when all arrived, from now. */
    arrivedAfter: (sinceMs: number) => arrivedMs.map((ms) => ms - sinceMs),
    dial,
    say: (kind: string) => near.send({ kind }),
    answer: (kind: string) => far!.send({ kind }),
    fault: (fault: LinkFault) => world.network.install(n1, n2, fault),
    heal: () => world.network.heal(n1, n2),
  };
}

describe('a blackhole', () => {
  test('swallows one way alone, in silence, and lets connections open that carry nothing', async () => {
    const { world, heard, dial, say, answer, fault } = await line();
    fault({ kind: 'blackhole' });
    say('a');
    answer('b');
    const other = dial();
    await world.run(1000);
    other.send({ kind: 'c' });
    await world.run(1000);
    expect(heard).toEqual(['n1: b', 'n1: opened']);
  });

  test('swallows what was under way when it came', async () => {
    const { world, heard, say, fault } = await line();
    say('a');
    fault({ kind: 'blackhole' });
    await world.run(1000);
    expect(heard).toEqual([]);
  });

  test('healed ends the connections that it swallowed from, and carries what comes then', async () => {
    const { world, heard, dial, say, fault, heal } = await line();
    fault({ kind: 'blackhole' });
    say('a');
    await world.run(10);
    heal();
    expect(heard).toEqual(['n1: reset', 'n2: reset']);
    const other = dial();
    await world.run(10);
    other.send({ kind: 'b' });
    await world.run(10);
    expect(heard.slice(2)).toEqual(['n1: opened', 'n2: b']);
  });
});

describe('a disconnected link', () => {
  test('closes what was opened over it and refuses what is opened then', async () => {
    const { world, heard, dial, fault } = await line();
    fault({ kind: 'disconnect' });
    await world.run(10);
    expect(heard).toEqual(['n1: closed by the link', 'n2: closed by the link']);
    dial();
    await world.run(10);
    expect(heard.slice(2)).toEqual(['n1: refused']);
  });

  test('leaves alone what was opened over the way back', async () => {
    const { world, heard, say, answer } = await line();
    world.network.install(n2, n1, { kind: 'disconnect' });
    say('a');
    answer('b');
    await world.run(10);
    expect(heard).toEqual(['n2: a', 'n1: b']);
  });

  test('connects again once it is healed', async () => {
    const { world, heard, dial, fault, heal } = await line();
    fault({ kind: 'disconnect' });
    heal();
    await world.run(10);
    dial();
    await world.run(10);
    expect(heard.at(-1)).toBe('n1: opened');
  });
});

describe('a resetting link', () => {
  test('swallows the first that comes and then ends the connection, in its time', async () => {
    const { world, heard, say, fault } = await line();
    fault({ kind: 'reset', afterMs: 50 });
    say('a');
    await world.run(50);
    expect(heard).toEqual([]);
    await world.run(2);
    expect(heard).toEqual(['n1: reset', 'n2: reset']);
  });

  test('leaves an idle connection, and what comes the other way, as they are', async () => {
    const { world, heard, answer, fault } = await line();
    fault({ kind: 'reset', afterMs: 0 });
    answer('b');
    await world.run(1000);
    expect(heard).toEqual(['n1: b']);
  });

  test('ends connections of the way back, too, by what it swallows from them', async () => {
    const { world, heard, answer } = await line();
    world.network.install(n2, n1, { kind: 'reset', afterMs: 0 });
    answer('b');
    await world.run(10);
    expect(heard).toEqual(['n1: reset', 'n2: reset']);
  });
});

describe('a slow link', () => {
  test('delays what is sent over it, and not what comes back', async () => {
    const { world, say, answer, fault, arrivedAfter } = await line();
    const nowMs = world.timeline.nowMs;
    fault({ kind: 'delay', latencyMs: 100, jitterMs: 0 });
    say('a');
    answer('b');
    await world.run(200);
    expect(arrivedAfter(nowMs)).toEqual([1, 101]);
  });

  test('keeps the order of a connection, whatever the jitter draws and whenever it is healed', async () => {
    const { world, heard, say, fault, heal } = await line();
    fault({ kind: 'delay', latencyMs: 100, jitterMs: 100 });
    const sent = Array.from({ length: 20 }, (_, n) => `${n}`);
    for (const each of sent.slice(0, 10)) say(each);
    heal();
    for (const each of sent.slice(10)) say(each);
    await world.run(1000);
    expect(heard).toEqual(sent.map((each) => `n2: ${each}`));
  });

  test('of limited width takes as long as the frame’s text does', async () => {
    const { world, say, fault, arrivedAfter } = await line();
    const nowMs = world.timeline.nowMs;
    fault({ kind: 'limit', kilobytesPerSec: 1 });
    say('x'.repeat(1000 - '{"kind":""}'.length));
    await world.run(2000);
    expect(arrivedAfter(nowMs)).toEqual([1001]);
  });

  test('that slices waits between slices', async () => {
    const { world, say, fault, arrivedAfter } = await line();
    const nowMs = world.timeline.nowMs;
    fault({ kind: 'slice', bytesAverage: 10, bytesVariation: 0, delayUs: 1000 });
    say('x'.repeat(100 - '{"kind":""}'.length));
    await world.run(2000);
    expect(arrivedAfter(nowMs)).toEqual([10]);
  });
});

describe('any link', () => {
  test('has at most one fault: the next takes the place of the one before', async () => {
    const { world, heard, say, fault } = await line();
    fault({ kind: 'blackhole' });
    fault({ kind: 'delay', latencyMs: 5, jitterMs: 0 });
    say('a');
    await world.run(10);
    expect(heard).toEqual(['n2: a']);
  });

  test('loses connections by itself as often as the weather says, and none in fair weather', async () => {
    const stormy = await line(3600);
    await stormy.world.run(60_000);
    expect(stormy.heard).toEqual(['n1: reset', 'n2: reset']);
    const fair = await line();
    await fair.world.run(3_600_000);
    expect(fair.heard).toEqual([]);
  });

  test('tells what became of each frame: when it arrived, or that it never did', async () => {
    const { world, passages, say, answer, fault } = await line();
    const sentMs = world.timeline.nowMs;
    fault({ kind: 'blackhole' });
    say('a');
    answer('b');
    await world.run(10);
    expect(passages).toEqual([
      { from: n1, to: n2, sentMs, arrivedMs: undefined, frame: { kind: 'a' } },
      { from: n2, to: n1, sentMs, arrivedMs: sentMs + 1, frame: { kind: 'b' } },
    ]);
  });
});
