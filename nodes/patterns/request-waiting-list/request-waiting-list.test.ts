import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { loneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { requestWaitingListBugs } from './bugs.ts';
import { requestWaitingList, type MakeWaitingList } from './request-waiting-list.ts';

function listWith(make: MakeWaitingList = requestWaitingList, sizeMax = 100) {
  const lone = loneEnv();
  const list = make<string, string>(lone.env(), { expiryMs: 1000, sizeMax, done: 'done' });
  const seen: string[] = [];
  const add = (id: string): boolean =>
    list.add(id, {
      answer: (reply) => seen.push(`${id}: ${reply}`),
      expire: () => seen.push(`${id} expired`),
    });
  return { list, add, seen, world: lone.world };
}

describe('request waiting list', () => {
  test('a request is answered when its criterion holds, and not before', async () => {
    const { list, add, seen, world } = listWith();
    add('a');
    await world.run(999);
    expect(seen).toEqual([]);
    list.meet('a', 'yes');
    expect(seen).toEqual(['a: yes']);
  });

  test('it is answered once, however often the criterion holds', async () => {
    const { list, add, seen, world } = listWith();
    add('a');
    list.meet('a', 'yes');
    list.meet('a', 'yes');
    await world.run(5000);
    expect(seen).toEqual(['a: yes']);
  });

  test('one that is not met expires, and is not answered later', async () => {
    const { list, add, seen, world } = listWith();
    add('a');
    await world.run(600);
    add('b');
    await world.run(401);
    expect(seen).toEqual(['a expired']);
    list.meet('a', 'late');
    list.meet('b', 'yes');
    await world.run(5000);
    expect(seen).toEqual(['a expired', 'b: yes']);
  });

  test('what nobody waits for is nobody’s', () => {
    const { list, seen } = listWith();
    list.meet('stranger', 'yes');
    expect(seen).toEqual([]);
  });

  test('a full list refuses', () => {
    const { list, add } = listWith(requestWaitingList, 2);
    expect([add('a'), add('b'), add('c'), add('a')]).toEqual([true, true, false, true]);
    expect(list.size).toBe(2);
  });

  test('one that is dropped is told nothing', async () => {
    const { list, add, seen, world } = listWith();
    add('a');
    list.drop('a');
    await world.run(5000);
    expect(seen).toEqual([]);
  });

  const step = fc.record({
    what: fc.constantFrom('add' as const, 'meet' as const, 'wait' as const),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
  });
  test.prop([fc.array(step, { maxLength: 60 })])(
    'after a calm of one expiry it is empty, and nobody was answered more often than he asked',
    async (steps) => {
      const { list, add, seen, world } = listWith();
      const asked = new Map<string, number>();
      for (const { what, id } of steps) {
        if (what === 'add' && add(id)) asked.set(id, (asked.get(id) ?? 0) + 1);
        if (what === 'meet') list.meet(id, 'yes');
        if (what === 'wait') await world.run(300);
      }
      await world.run(1001);
      expect(list.size).toBe(0);
      for (const [id, times] of asked)
        expect(seen.filter((each) => each.startsWith(id)).length).toBeLessThanOrEqual(times);
    },
  );
});

describe('reply-before-quorum', () => {
  test('answers when the request is put on the list, and then no more', async () => {
    const { part } = requestWaitingListBugs['reply-before-quorum'];
    const { list, add, seen, world } = listWith(part);
    add('a');
    expect(seen).toEqual(['a: done']);
    list.meet('a', 'yes');
    await world.run(5000);
    expect([seen, list.size]).toEqual([['a: done'], 0]);
  });
});
