import { describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/core/ids.ts';
import { loneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { generation } from '../generation-clock/generation.ts';
import { logIndex } from '../write-ahead-log/entry.ts';
import { openWriteAheadLog } from '../write-ahead-log/log.ts';
import { replication } from './replication.ts';

const n2 = nodeId(2);
const g1 = generation(1);
const index = logIndex;

/** A leader of two with this many entries of its own after it was elected, and what it sent to its follower. */
async function leaderOfTwo(entriesBefore = 0) {
  const lone = loneEnv();
  const env = lone.env();
  const log = await lone.settle(openWriteAheadLog<string>(env));
  const append = (count: number): void => {
    for (let n = 0; n < count; n++) log.append(g1, 'x');
  };
  append(entriesBefore);
  const sent: [before: number, ...entries: number[]][] = [];
  const taken = { yes: true };
  const led = replication(env, {
    log,
    followers: [n2],
    batch: { entriesMax: 3, bytesMax: 1_000_000 },
    answerMsMax: 500,
    send: (_, before, entries) => {
      if (taken.yes) sent.push([before.index, ...entries.map((entry) => entry.index)]);
      return taken.yes;
    },
  });
  return { led, sent, append, taken, world: lone.world };
}

describe('replication', () => {
  test('one append is under way, and what gathers goes with the next', async () => {
    const { led, sent, append } = await leaderOfTwo();
    append(1);
    led.replicate();
    append(2);
    led.replicate();
    expect(sent).toEqual([[0, 1]]);
    led.matched(n2, index(1));
    expect(sent).toEqual([
      [0, 1],
      [1, 2, 3],
    ]);
  });

  test('a batch keeps below its limit', async () => {
    const { led, sent, append } = await leaderOfTwo();
    append(5);
    led.replicate();
    led.matched(n2, index(3));
    expect(sent).toEqual([
      [0, 1, 2, 3],
      [3, 4, 5],
    ]);
  });

  test('it begins behind the last entry, and backs up at a mismatch', async () => {
    const { led, sent, append } = await leaderOfTwo(4);
    append(1);
    led.replicate();
    const hint = { at: { index: index(1), generation: g1 }, firstOfGeneration: index(1) };
    led.mismatched(n2, hint);
    expect(sent).toEqual([
      [4, 5],
      [1, 2, 3, 4],
    ]);
  });

  test('what is known of a follower does not go back by a late answer', async () => {
    const { led, append } = await leaderOfTwo();
    append(3);
    led.matched(n2, index(3));
    led.matched(n2, index(1));
    expect(led.durable()).toEqual([3]);
  });

  test('a follower that has lost what it acknowledged is not counted for it', async () => {
    const { led, append } = await leaderOfTwo();
    append(3);
    led.matched(n2, index(3));
    const hint = { at: { index: index(1), generation: g1 }, firstOfGeneration: index(1) };
    led.mismatched(n2, hint);
    expect(led.durable()).toEqual([1]);
  });

  test('a follower that owes an answer for long is asked again, without entries', async () => {
    const { led, sent, append, world } = await leaderOfTwo();
    append(1);
    led.replicate();
    await world.run(490);
    led.askAgain();
    expect(sent).toEqual([[0, 1]]);
    await world.run(20);
    led.askAgain();
    expect(sent).toEqual([[0, 1], [0]]);
  });

  test('what the channel does not take is tried again at the next beat', async () => {
    const { led, sent, append, taken } = await leaderOfTwo();
    append(1);
    taken.yes = false;
    led.replicate();
    taken.yes = true;
    led.askAgain();
    expect(sent).toEqual([[0, 1]]);
  });

  test('after a loss it goes on from what is known to be there', async () => {
    const { led, sent, append } = await leaderOfTwo();
    append(2);
    led.replicate();
    led.lost(n2);
    expect(sent).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  test('a stranger’s answer is nobody’s', async () => {
    const { led } = await leaderOfTwo();
    led.matched(nodeId(9), index(3));
    expect(led.durable()).toEqual([0]);
  });
});
