import { describe, expect, test } from 'vitest';
import { nodeIds } from '../src/core/ids.ts';
import { leaderFirst, targets } from './targets.ts';

const order = nodeIds(5);
const leader = order[3];

describe('targets', () => {
  test('a minority and a majority are what a quorum says, for even counts too', () => {
    expect(targets.minority.pick({ order, leader })).toHaveLength(2);
    expect(targets.majority.pick({ order, leader })).toHaveLength(3);
    expect(targets.minority.pick({ order: nodeIds(4), leader: undefined })).toHaveLength(1);
    expect(targets.majority.pick({ order: nodeIds(4), leader: undefined })).toHaveLength(3);
  });

  test('the leader is struck where it is known, and somebody where it is not', () => {
    expect(targets.leader.pick({ order, leader })).toEqual([leader]);
    expect(targets.leader.pick({ order, leader: undefined })).toEqual([order[0]]);
  });

  test('putting the leader first loses nobody', () => {
    expect(leaderFirst({ order, leader })).toEqual(['n4', 'n1', 'n2', 'n3', 'n5']);
  });
});
