import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../../src/core/ids.ts';
import type { Env } from '../env.ts';
import { MemoryWorld } from './world.ts';

const [n1, n2] = nodeIds(2) as [NodeId, NodeId];

/** Two nodes: n1 dials n2 and says what it hears; n2 sends back what it gets. */
function echo(seed = 1) {
  const heard: string[] = [];
  let say = (_text: string): void => {};
  const program = async (env: Env): Promise<void> => {
    if (env.node === n2)
      return env.network.listen((connection) => ({
        frame: (frame) => void connection.send(frame),
        closed: () => heard.push('n2: closed'),
      }));
    const connection = env.network.connect(n2, {
      opened: () => heard.push('opened'),
      frame: ({ kind }) => heard.push(kind),
      closed: (why) => heard.push(`closed: ${why}`),
    });
    say = (text) => void connection.send({ kind: text });
  };
  const settings = { members: [n1, n2], bugs: [], options: {} };
  const world = new MemoryWorld({ seed, program, settings });
  world.start(n2);
  world.start(n1);
  return { world, heard, say: (text: string) => say(text) };
}

describe('a world in memory', () => {
  test('frames arrive in order, after a while', async () => {
    const { world, heard, say } = echo();
    await world.run(10);
    for (const text of ['a', 'b', 'c']) say(text);
    expect(heard).toEqual(['opened']);
    await world.run(10);
    expect(heard).toEqual(['opened', 'a', 'b', 'c']);
  });

  test('a cut swallows one way in silence, and healing it closes the connection', async () => {
    const { world, heard, say } = echo();
    await world.run(10);
    world.network.cut(n2, n1);
    say('a');
    await world.run(1000);
    expect(heard).toEqual(['opened']);
    world.network.heal(n2, n1);
    await world.run(10);
    expect(heard).toEqual(['opened', 'closed: reset', 'n2: closed']);
  });

  test('a cut that swallowed nothing heals without a trace', async () => {
    const { world, heard, say } = echo();
    await world.run(10);
    world.network.cut(n1, n2);
    world.network.heal(n1, n2);
    say('a');
    await world.run(10);
    expect(heard).toEqual(['opened', 'a']);
  });

  test('a killed node is heard no more, and its connections end', async () => {
    const { world, heard, say } = echo();
    await world.run(10);
    say('a');
    world.kill(n2);
    await world.run(10);
    expect(heard).toEqual(['opened', 'closed: closed by the other end']);
  });

  test('a dead node refuses', async () => {
    const { world, heard } = echo();
    world.kill(n2);
    await world.run(10);
    expect(heard).toEqual(['closed: refused']);
  });

  test('a paused node does when it is resumed what it would have done', async () => {
    const { world, heard, say } = echo();
    await world.run(10);
    world.pause(n2);
    say('a');
    await world.run(1000);
    expect(heard).toEqual(['opened']);
    world.resume(n2);
    await world.run(10);
    expect(heard).toEqual(['opened', 'a']);
  });

  test('no idle time is waited for', async () => {
    const { world } = echo();
    await world.run(1e9);
    expect(world.timeline.nowMs).toBe(1e9);
  });

  test('a condition that does not come is told as such', async () => {
    const { world } = echo();
    await expect(world.runUntil(() => false, 100)).rejects.toThrow('not within 100 ms');
  });
});
