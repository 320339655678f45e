import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../src/core/ids.ts';
import type { Env } from '../sdk/env.ts';
import { openFrontDoor } from '../sdk/front-door.ts';
import { MemoryWorld } from '../sdk/memory/world.ts';
import type { Frame } from '../sdk/network.ts';
import { openSession } from './session.ts';
import { replicatedLog } from './system.ts';

const [n1, n2] = nodeIds(2) as [NodeId, NodeId];
const never = new AbortController().signal;

/** A session with a node that gives this answer to whatever it is asked, and what it was asked. */
async function sessionAnswered(answer: object) {
  const asked: Frame[] = [];
  const program = (env: Env): Promise<void> =>
    openFrontDoor(env, 1, {
      status: () => ({ node: n1, role: 'member', leader: undefined, generation: 0 }),
      admit(connection, first) {
        const frame = (one: Frame): void => {
          asked.push(one);
          connection.send({
            kind: 'answer',
            id: (one as Frame & { id: number }).id,
            ...answer,
          } as Frame);
        };
        frame(first);
        return { frame, closed: () => {} };
      },
    });
  const settings = { members: [n1], bugs: [], options: {} };
  const world = new MemoryWorld({ seed: 1, program, settings });
  world.start(n1);
  await world.run(10);
  const open = () => world.settle(openSession(world.clientWorld(n1), 'c'), 1000);
  return { world, session: await open(), open, asked };
}

describe('a session', () => {
  test('names itself by its connection, and counts its requests', async () => {
    const { world, session, open, asked } = await sessionAnswered({ ok: true, value: null });
    const again = await open();
    for (const one of [session, session, again]) await world.settle(one.put('a', 1, never), 1000);
    expect(asked).toMatchObject([
      { client: 'c@n1.1.1', id: 1 },
      { client: 'c@n1.1.1', id: 2 },
      { client: 'c@n1.1.2', id: 1 },
    ]);
  });

  test.each([
    ['that is done', { ok: true, value: true }, true],
    ['that found another value', { ok: true, value: false }, false],
    ['that is answered before it was decided', { ok: true, value: null }, true],
  ])('says of a compare-and-set %s what it was told', async (_, answer, expected) => {
    const { world, session } = await sessionAnswered(answer);
    expect(await world.settle(session['compare-and-set']('a', 1, 2, never), 1000)).toBe(expected);
  });

  test.each([
    ['a code of the registry', { ok: false, code: 'queue-full' }, 'queue-full', 'queue-full'],
    ['one that is not definite', { ok: false, code: 'timeout' }, 'timeout', 'read-unanswered'],
    ['a code that nobody knows', { ok: false, code: 'odd' }, 'bad-answer', 'read-unanswered'],
    ['no answer at all', {}, 'bad-answer', 'read-unanswered'],
    ['a value that is none', { ok: true, value: [1] }, 'bad-answer', 'read-unanswered'],
  ])('throws for %s, and for a read as a read', async (_, answer, ofPut, ofGet) => {
    const { world, session } = await sessionAnswered(answer);
    await expect(world.settle(session.put('a', 1, never), 1000)).rejects.toMatchObject({
      code: ofPut,
    });
    await expect(world.settle(session.get('a', never), 1000)).rejects.toMatchObject({
      code: ofGet,
    });
  });
});

describe('a cluster is settled', () => {
  const leads = { node: n1, role: 'leader', leader: n1, generation: 2 } as const;
  const follows = { node: n2, role: 'follower', leader: n1, generation: 2 } as const;

  test('when all answer and know the one leader', () => {
    expect(replicatedLog.settled([leads, follows], 2)).toBe(true);
  });

  test.each([
    ['one does not answer', [leads]],
    ['nobody leads', [follows, { ...follows, node: n1 }]],
    ['two lead', [leads, { ...leads, node: n2, leader: n2 }]],
    ['one knows no leader', [leads, { ...follows, leader: undefined }]],
    ['one is behind', [leads, { ...follows, generation: 1 }]],
  ])('and not when %s', (_, statuses) => {
    expect(replicatedLog.settled(statuses, 2)).toBe(false);
  });
});
