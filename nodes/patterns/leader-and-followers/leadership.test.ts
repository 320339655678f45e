import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../../src/core/ids.ts';
import { loneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { leadershipBugs } from './bugs.ts';
import { leadership, type MakeLeadership } from './leadership.ts';

const [, n2, n3, n4, n5] = nodeIds(5) as [NodeId, NodeId, NodeId, NodeId, NodeId];

/** The leader of five, and the rounds whose beats it sent. */
function leaderOfFive(make: MakeLeadership = leadership) {
  const { world, env } = loneEnv();
  const rounds: number[] = [];
  const followers = [n2, n3, n4, n5];
  const beat = (round: number): void => void rounds.push(round);
  const led = make(env(), { followers, quorumSize: 3, beat });
  const confirmed: string[] = [];
  const ask = (name: string): void => led.confirm(() => confirmed.push(name));
  return { world, rounds, led, confirmed, ask };
}

describe('a leader’s proof', () => {
  test('comes with a quorum’s answers to a round that began after the question', () => {
    const { led, ask, confirmed, rounds } = leaderOfFive();
    ask('read');
    expect(rounds).toEqual([1]);
    led.answered(n2, 1);
    expect(confirmed).toEqual([]);
    led.answered(n3, 1);
    expect(confirmed).toEqual(['read']);
  });

  test('does not come with answers to a round that was under way when the question came', () => {
    const { led, ask, confirmed } = leaderOfFive();
    led.beginRound();
    ask('read');
    led.answered(n2, 1);
    led.answered(n3, 1);
    expect(confirmed).toEqual([]);
    led.answered(n2, 2);
    led.answered(n3, 2);
    expect(confirmed).toEqual(['read']);
  });

  test('does not come with one follower’s answers, however many', () => {
    const { led, ask, confirmed } = leaderOfFive();
    ask('read');
    for (let n = 0; n < 5; n++) led.answered(n2, 1);
    expect(confirmed).toEqual([]);
  });

  test('comes with answers to a later round, for the earlier one’s may be lost', () => {
    const { led, ask, confirmed } = leaderOfFive();
    ask('read');
    led.beginRound();
    led.answered(n2, 2);
    led.answered(n3, 2);
    expect(confirmed).toEqual(['read']);
  });

  test('those who ask during a round share the next one', () => {
    const { led, ask, confirmed, rounds } = leaderOfFive();
    ask('first');
    for (const name of ['second', 'third']) ask(name);
    expect(rounds).toEqual([1]);
    led.answered(n2, 1);
    led.answered(n3, 1);
    expect(confirmed).toEqual(['first']);
    expect(rounds).toEqual([1, 2]);
    led.answered(n4, 2);
    led.answered(n5, 2);
    expect(confirmed).toEqual(['first', 'second', 'third']);
  });

  test('a leader alone is its own quorum', () => {
    const { env } = loneEnv();
    const led = leadership(env(), { followers: [], quorumSize: 1, beat: () => {} });
    let confirmed = false;
    led.confirm(() => (confirmed = true));
    expect(confirmed).toBe(true);
    expect(led.isFollowed(0)).toBe(true);
  });
});

describe('a leader is followed', () => {
  test('as long as a quorum has answered within the timeout', async () => {
    const { led, world } = leaderOfFive();
    await world.run(500);
    led.answered(n2, 1);
    led.answered(n3, 1);
    await world.run(500);
    expect(led.isFollowed(600)).toBe(true);
    await world.run(200);
    expect(led.isFollowed(600)).toBe(false);
  });

  test('not by one follower alone', async () => {
    const { led, world } = leaderOfFive();
    await world.run(700);
    led.answered(n2, 1);
    expect(led.isFollowed(600)).toBe(false);
  });
});

describe('stale-leader-reads', () => {
  test('confirms without any answer, and believes itself followed for ever', async () => {
    const { led, ask, confirmed, world } = leaderOfFive(leadershipBugs['stale-leader-reads'].part);
    ask('read');
    expect(confirmed).toEqual(['read']);
    await world.run(60_000);
    expect(led.isFollowed(600)).toBe(true);
  });
});
