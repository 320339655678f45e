import { describe, expect, test } from 'vitest';
import { MemoryWorld } from '../../../nodes/sdk/memory/world.ts';
import type { Env } from '../../../nodes/sdk/env.ts';
import { nodeIds } from '../../core/ids.ts';
import { watchForStrays, type Stray } from './guard.ts';

/** What the guard tells of a node that does this. */
async function straysOf(act: (env: Env) => unknown): Promise<Stray[]> {
  const strays: Stray[] = [];
  const world = new MemoryWorld({
    seed: 1,
    settings: { members: nodeIds(1), bugs: [], options: {} },
    program: async (env) => void (await act(env)),
  });
  using _ = watchForStrays((stray) => strays.push(stray));
  world.startAll();
  await world.run(10);
  return strays;
}

describe('a guard of virtual time', () => {
  test.each<[string, () => unknown]>([
    ['Date.now', () => Date.now()],
    ['new Date', () => new Date()],
    ['Math.random', () => Math.random()],
    ['performance.now', () => performance.now()],
    ['process.hrtime', () => process.hrtime()],
    ['crypto.randomUUID', () => crypto.randomUUID()],
    ['globalThis.setTimeout', () => clearTimeout(setTimeout(() => {}, 1))],
  ])('tells of %s in node code', async (call, act) => {
    expect((await straysOf(act)).map((stray) => stray.call)).toEqual([call]);
  });

  test('tells of one that comes after a promise', async () => {
    const strays = await straysOf(async (env) => {
      await env.files.list();
      await Promise.resolve();
      Date.now();
    });
    expect(strays).toHaveLength(1);
  });

  test('says nothing of what goes through Env, nor of a date that is given', async () => {
    const strays = await straysOf(async (env) => {
      env.wallNow();
      env.monotonicNow();
      env.random.fraction();
      env.after(1, () => {});
      await env.files.append('a', Uint8Array.of(1));
      return new Date(0);
    });
    expect(strays).toEqual([]);
  });

  test('says nothing of anybody else, and leaves everything as it was', async () => {
    const before = [Date, Date.now, setTimeout, Math.random];
    const strays: Stray[] = [];
    {
      using _ = watchForStrays((stray) => strays.push(stray));
      expect(new Date(5).getTime()).toBe(5);
      expect(Date.now()).toBeGreaterThan(0);
    }
    expect(strays).toEqual([]);
    expect([Date, Date.now, setTimeout, Math.random]).toEqual(before);
  });
});
