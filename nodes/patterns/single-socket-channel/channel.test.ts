import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { nodeIds, type NodeId } from '../../../src/core/ids.ts';
import type { Env } from '../../sdk/env.ts';
import { openFrontDoor } from '../../sdk/front-door.ts';
import { MemoryWorld } from '../../sdk/memory/world.ts';
import type { Connection } from '../../sdk/network.ts';
import { singleSocketChannel, type Channel, type ChannelLimits } from './channel.ts';
import { channelReceiver } from './receiver.ts';

const [n1, n2] = nodeIds(2) as [NodeId, NodeId];
const limits: ChannelLimits = {
  unacknowledgedMax: 50,
  silenceMsMax: 500,
  backoff: { delayMsMin: 10, delayMsMax: 100 },
};

/** A sender and a receiver, what arrived, and how often the sender said that its stream was lost. */
class Pair {
  readonly arrived: number[] = [];
  readonly world: MemoryWorld;
  channel!: Channel<number>;
  lost = 0;
  opened = 0;
  /** Connections that the receiver took over and that are still open. */
  readonly open = new Set<Connection>();
  openMost = 0;

  constructor(seed: number | string = 1) {
    const program = (env: Env) => (env.node === n1 ? this.#send(env) : this.#receive(env));
    this.world = new MemoryWorld({
      seed,
      program,
      settings: { members: [n1, n2], bugs: [], options: {} },
    });
    this.world.startAll();
  }

  #send(env: Env): Promise<void> {
    this.channel = singleSocketChannel<number>(env, n2, 1, limits, {
      opened: () => this.opened++,
      lost: () => this.lost++,
    });
    return Promise.resolve();
  }

  #receive(env: Env): Promise<void> {
    const acknowledge = { acknowledgeEvery: 4, acknowledgeAfterMs: 20 };
    const receiver = channelReceiver<number>(env, acknowledge, (_, message) =>
      this.arrived.push(message),
    );
    return openFrontDoor(env, 1, {
      status: () => ({ node: n2, role: 'member', leader: undefined, generation: 0 }),
      admit: (connection, hello) => {
        const close = connection.close.bind(connection);
        connection.close = () => {
          this.open.delete(connection);
          close();
        };
        this.open.add(connection);
        const events = receiver.admit(connection, hello);
        this.openMost = Math.max(this.openMost, this.open.size);
        return {
          ...events,
          closed: (why) => {
            this.open.delete(connection);
            events.closed(why);
          },
        };
      },
    });
  }

  /** Streams the next numbers; how many were taken. */
  stream(from: number, count: number): number {
    let taken = 0;
    while (taken < count && this.channel.stream(from + taken)) taken++;
    return taken;
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('single socket channel', () => {
  test('what is streamed arrives once and in order', async () => {
    const pair = new Pair();
    pair.stream(1, 40);
    await pair.world.run(100);
    expect(pair.arrived).toEqual(upTo(40));
  });

  test('over a cut that swallows, it goes on from what arrived', async () => {
    const pair = new Pair();
    pair.stream(1, 10);
    await pair.world.run(50);
    pair.world.network.cut(n1, n2);
    pair.stream(11, 10);
    await pair.world.run(2000);
    expect(pair.arrived).toEqual(upTo(10));
    pair.world.healAll();
    await pair.world.run(2000);
    expect(pair.arrived).toEqual(upTo(20));
    expect([pair.opened, pair.lost]).toEqual([2, 0]);
  });

  test('over a cut that swallows the acknowledgements, nothing arrives twice', async () => {
    const pair = new Pair();
    await pair.world.run(50);
    pair.world.network.cut(n2, n1);
    pair.stream(1, 10);
    await pair.world.run(2000);
    expect(pair.arrived).toEqual(upTo(10));
    pair.world.healAll();
    pair.stream(11, 5);
    await pair.world.run(2000);
    expect(pair.arrived).toEqual(upTo(15));
  });

  test('when the receiver restarts, the sender says that the stream is lost, and begins another', async () => {
    const pair = new Pair();
    pair.stream(1, 10);
    await pair.world.run(100);
    pair.world.kill(n2);
    pair.world.start(n2);
    pair.stream(11, 5);
    await pair.world.run(1000);
    expect(pair.lost).toBe(1);
    pair.stream(100, 2);
    await pair.world.run(100);
    expect(pair.arrived.slice(10)).toEqual([100, 101]);
  });

  test('a receiver that restarts before anything was acknowledged gets the stream from its start', async () => {
    const pair = new Pair();
    pair.world.kill(n2);
    pair.stream(1, 5);
    await pair.world.run(100);
    pair.world.start(n2);
    await pair.world.run(1000);
    expect([pair.arrived, pair.lost]).toEqual([upTo(5), 0]);
  });

  test('it takes no more than its bound, and goes on when there is room', async () => {
    const pair = new Pair();
    pair.world.network.cut(n1, n2);
    expect(pair.stream(1, 60)).toBe(50);
    pair.world.healAll();
    await pair.world.run(2000);
    expect(pair.stream(51, 10)).toBe(10);
    await pair.world.run(100);
    expect(pair.arrived).toEqual(upTo(60));
  });

  test('what is said now arrives if the connection is open', async () => {
    const pair = new Pair();
    expect(pair.channel.now(7)).toBe(false);
    await pair.world.run(50);
    expect(pair.channel.now(8)).toBe(true);
    await pair.world.run(50);
    expect(pair.arrived).toEqual([8]);
  });

  test('what is said now and swallowed never comes later', async () => {
    const pair = new Pair();
    await pair.world.run(50);
    pair.world.network.cut(n1, n2);
    pair.channel.now(8);
    await pair.world.run(1000);
    pair.world.healAll();
    await pair.world.run(2000);
    expect(pair.arrived).toEqual([]);
  });

  test('while the peer is dead it dials again and again, and less and less often', async () => {
    const pair = new Pair();
    pair.world.kill(n2);
    const dials: number[] = [];
    const { network, timeline } = pair.world;
    const dial = network.dial.bind(network);
    network.dial = (...args) => {
      dials.push(timeline.nowMs);
      return dial(...args);
    };
    await pair.world.run(3000);
    const waits = dials.slice(1).map((at, n) => at - dials[n]!);
    expect(Math.max(...waits.slice(0, 2))).toBeLessThan(50);
    expect(Math.max(...waits)).toBeLessThanOrEqual(102);
    expect(dials.length).toBeGreaterThan(25);
    expect(dials.length).toBeLessThan(70);
  });

  const step = fc.constantFrom(
    'stream' as const,
    'stream' as const,
    'wait' as const,
    'long wait' as const,
    'cut there' as const,
    'cut back' as const,
    'heal' as const,
    'pause' as const,
    'resume' as const,
  );
  test.prop([fc.array(step, { maxLength: 30 }), fc.nat()], { numRuns: 150 })(
    'whatever happens to the link, the stream arrives whole and in order, over one connection at a time',
    async (steps, seed) => {
      const pair = new Pair(seed);
      let taken = 0;
      for (const one of steps) {
        if (one === 'stream') taken += pair.stream(taken + 1, 7);
        else if (one === 'wait') await pair.world.run(3);
        else if (one === 'long wait') await pair.world.run(700);
        else if (one === 'cut there') pair.world.network.cut(n1, n2);
        else if (one === 'cut back') pair.world.network.cut(n2, n1);
        else if (one === 'heal') pair.world.healAll();
        else if (one === 'pause') pair.world.pause(n2);
        else pair.world.resume(n2);
      }
      pair.world.healAll();
      pair.world.resume(n2);
      await pair.world.run(3000);
      expect(pair.arrived).toEqual(upTo(taken));
      expect(pair.lost).toBe(0);
      expect(pair.openMost).toBeLessThanOrEqual(1);
    },
  );
});
