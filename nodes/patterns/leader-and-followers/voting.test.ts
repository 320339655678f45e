import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { nodeId } from '../../../src/core/ids.ts';
import { generation } from '../generation-clock/generation.ts';
import { logIndex, type LogPosition } from '../write-ahead-log/entry.ts';
import { votingBugs } from './bugs.ts';
import { isUpToDate, voting } from './voting.ts';

const [a, b] = [nodeId(1), nodeId(2)];
const at = (index: number, of: number): LogPosition => ({
  index: logIndex(index),
  generation: generation(of),
});

describe('a vote', () => {
  const rule = voting();

  test('goes to the first candidate of a generation whose log is as new', () => {
    expect(rule.grants({ node: a, last: at(3, 2) }, { votedFor: undefined, last: at(3, 2) })).toBe(
      true,
    );
  });

  test('does not go to a second one', () => {
    expect(rule.grants({ node: b, last: at(9, 9) }, { votedFor: a, last: at(3, 2) })).toBe(false);
  });

  test('goes to the same one again, for its request may come twice', () => {
    expect(rule.grants({ node: a, last: at(3, 2) }, { votedFor: a, last: at(3, 2) })).toBe(true);
  });

  test('does not go to a longer log whose last entry is older (the worked example)', () => {
    expect(rule.grants({ node: a, last: at(4, 2) }, { votedFor: undefined, last: at(2, 3) })).toBe(
      false,
    );
    expect(rule.wouldGrant({ node: a, last: at(4, 2) }, { last: at(2, 3) })).toBe(false);
  });

  test('does not go to a shorter log of the same generation', () => {
    expect(rule.grants({ node: a, last: at(2, 3) }, { votedFor: undefined, last: at(3, 3) })).toBe(
      false,
    );
  });

  const position = fc
    .record({ index: fc.nat({ max: 5 }), of: fc.nat({ max: 5 }) })
    .map(({ index, of }) => at(index, of));
  test.prop([position, position])(
    'of two logs one at least is up to date with the other',
    (x, y) => {
      expect(isUpToDate(x, y) || isUpToDate(y, x)).toBe(true);
      const same = x.index === y.index && x.generation === y.generation;
      expect(isUpToDate(x, y) && isUpToDate(y, x)).toBe(same);
    },
  );
});

describe('planted bugs break one rule each', () => {
  const second = [
    { node: b, last: at(3, 2) },
    { votedFor: a, last: at(3, 2) },
  ] as const;
  const stale = [
    { node: a, last: at(2, 2) },
    { votedFor: undefined, last: at(3, 2) },
  ] as const;

  test('vote-twice-in-generation votes for a second candidate, of an up-to-date log only', () => {
    const rule = votingBugs['vote-twice-in-generation'].part();
    expect([rule.grants(...second), rule.grants(...stale)]).toEqual([true, false]);
  });

  test('ignore-log-in-vote votes for a stale log, once only', () => {
    const rule = votingBugs['ignore-log-in-vote'].part();
    expect([rule.grants(...second), rule.grants(...stale)]).toEqual([false, true]);
  });
});
