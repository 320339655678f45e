import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../../src/core/ids.ts';
import { quorumBugs } from './bugs.ts';
import { quorum, type MakeQuorum } from './quorum.ts';

function subsets(members: readonly NodeId[]): NodeId[][] {
  let all: NodeId[][] = [[]];
  for (const member of members) all = all.concat(all.map((each) => [...each, member]));
  return all;
}

/** Whether any two sets that are enough share a member. */
function alwaysMeet(make: MakeQuorum, count: number): boolean {
  const members = nodeIds(count);
  const made = make(members);
  const enough = subsets(members).filter((each) => made.isMet(each));
  return enough.every((a) => enough.every((b) => a.some((member) => b.includes(member))));
}

const counts = [1, 2, 3, 4, 5, 6, 7];

describe('quorum', () => {
  test.each(counts)('any two quorums of %i members share one', (count) => {
    expect(alwaysMeet(quorum, count)).toBe(true);
  });

  test.each(counts.slice(2))('it can do without a minority of %i members', (count) => {
    const members = nodeIds(count);
    const made = quorum(members);
    expect(made.isMet(members.slice(0, made.size))).toBe(true);
    expect(count - made.size).toBe(Math.ceil(count / 2) - 1);
  });

  test('one that comes twice counts once', () => {
    const [a, b] = nodeIds(3) as [NodeId, NodeId];
    expect(quorum(nodeIds(3)).isMet([a, a])).toBe(false);
    expect(quorum(nodeIds(3)).isMet([a, b])).toBe(true);
  });

  test('a stranger does not count', () => {
    const [a, , , stranger] = nodeIds(4) as [NodeId, NodeId, NodeId, NodeId];
    expect(quorum(nodeIds(3)).isMet([a, stranger])).toBe(false);
  });
});

describe('half is enough', () => {
  const { part } = quorumBugs['half-is-enough'];

  test.each([2, 4, 5, 6, 7])('two quorums of %i members need not meet', (count) => {
    expect(alwaysMeet(part, count)).toBe(false);
  });

  test('for five members it takes two', () => {
    expect(part(nodeIds(5)).size).toBe(2);
  });
});
