import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../src/core/ids.ts';
import { Conversation } from './conversation.ts';
import type { Env } from './env.ts';
import { openFrontDoor } from './front-door.ts';
import { MemoryWorld } from './memory/world.ts';
import type { Frame } from './network.ts';

const [n1] = nodeIds(1) as [NodeId];
const never = new AbortController().signal;

/** A node that answers every question but `silence`, and hangs up at `leave`. */
function nodeThatAnswers() {
  const program = (env: Env): Promise<void> =>
    openFrontDoor(env, 7, {
      status: () => ({ node: n1, role: 'member', leader: undefined, generation: 3 }),
      admit(connection, first) {
        const frame = (one: Frame): void => {
          if (one.kind === 'leave') connection.close();
          else if (one.kind !== 'silence') connection.send({ ...one, kind: 'answer' });
        };
        if (first.kind === 'stranger') return undefined;
        frame(first);
        return { frame, closed: () => {} };
      },
    });
  const settings = { members: [n1], bugs: [], options: {} };
  const world = new MemoryWorld({ seed: 1, program, settings });
  world.start(n1);
  const open = () => world.settle(Conversation.open(world.clientWorld(n1), 1000), 5000);
  return { world, open };
}

const question = (id: number, kind = 'question') => ({ kind, id });

describe('a conversation', () => {
  test('begins with the welcome, which names node, incarnation and connection', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    const { welcome } = await open();
    expect(welcome).toEqual({ kind: 'welcome', node: n1, incarnation: 7, connection: 1 });
    expect((await open()).welcome.connection).toBe(2);
  });

  test('answers belong to their questions', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    const talk = await open();
    const asked = [3, 1, 2].map((id) => talk.ask(id, question(id), never));
    const answers = await world.settle(Promise.all(asked), 1000);
    expect(answers.map(({ id }) => id)).toEqual([3, 1, 2]);
  });

  test('a node that is not there is not connected, which is definite', async () => {
    const { world, open } = nodeThatAnswers();
    world.kill(n1);
    await expect(open()).rejects.toMatchObject({ code: 'not-connected', message: 'refused' });
  });

  test('a node that does not greet in time is not connected', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    world.pause(n1);
    await expect(open()).rejects.toMatchObject({ code: 'not-connected' });
  });

  test('a connection that ends loses the questions that are open', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    const talk = await open();
    const asked = [
      talk.ask(1, question(1, 'silence'), never),
      talk.ask(2, question(2, 'leave'), never),
    ];
    const ends = await world.settle(Promise.allSettled(asked), 1000);
    expect(ends).toMatchObject([
      { status: 'rejected', reason: { code: 'connection-lost' } },
      { status: 'rejected', reason: { code: 'connection-lost' } },
    ]);
    expect(talk.isOpen).toBe(false);
  });

  test('what is asked after the end was not sent', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    const talk = await open();
    talk.close();
    await expect(talk.ask(1, question(1), never)).rejects.toMatchObject({ code: 'not-sent' });
  });

  test('a question that is given up is not answered later', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    const talk = await open();
    const abort = new AbortController();
    const asked = talk.ask(1, question(1), abort.signal);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
    await expect(talk.ask(2, question(2), abort.signal)).rejects.toMatchObject({
      code: 'not-sent',
    });
    await world.run(100);
    expect(talk.isOpen).toBe(true);
  });

  test('a connection that begins with nothing that the node knows is closed', async () => {
    const { world, open } = nodeThatAnswers();
    await world.run(10);
    const talk = await open();
    const asked = world.settle(talk.ask(1, question(1, 'stranger'), never), 1000);
    await expect(asked).rejects.toMatchObject({ code: 'connection-lost' });
  });
});

describe('the front door', () => {
  test('answers probes and questions after the status on any connection', async () => {
    const { world } = nodeThatAnswers();
    await world.run(10);
    const frames: Frame[] = [];
    const connection = world.clientWorld(n1).dial({
      opened: () => {
        for (const kind of ['probe', 'question', 'status', 'probe']) connection.send({ kind });
      },
      frame: (frame) => frames.push(frame),
      closed: () => frames.push({ kind: 'closed' }),
    });
    await world.run(10);
    expect(frames.map(({ kind }) => kind)).toEqual([
      'welcome',
      'probe-answer',
      'answer',
      'status-answer',
      'probe-answer',
    ]);
    expect(frames[3]).toMatchObject({ status: { role: 'member', generation: 3 } });
  });
});
