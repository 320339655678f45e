import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { generation } from '../generation-clock/generation.ts';
import type { FollowersLog } from '../high-water-mark/conflicting-suffix.ts';
import { logIndex, type LogIndex } from '../write-ahead-log/entry.ts';
import { mismatchHint, nextAfterMismatch, shares } from './back-up.ts';

const logOf = (generations: readonly number[]): FollowersLog => ({
  last: { index: logIndex(generations.length) },
  generationAt: (index) => generation(generations[index - 1] ?? 0),
});

/** Lets leader and follower look for what they share; the entry that is sent first in the end, and how many asked in vain. */
function search(leader: readonly number[], follower: readonly number[]) {
  const [leaders, followers] = [logOf(leader), logOf(follower)];
  let next: LogIndex = logIndex(leader.length + 1);
  for (let inVain = 0; ; inVain++) {
    const index = logIndex(next - 1);
    const before = { index, generation: leaders.generationAt(index) };
    if (shares(followers, before)) return { next, inVain };
    const later = nextAfterMismatch(leaders, mismatchHint(followers, before));
    expect(later).toBeLessThan(next);
    next = later;
  }
}

describe('backing up', () => {
  test('a log that is only shorter is found at once', () => {
    expect(search([1, 1, 2, 2, 2], [1, 1, 2])).toEqual({ next: 4, inVain: 1 });
  });

  test('an empty log is found at once', () => {
    expect(search([1, 2, 3], [])).toEqual({ next: 1, inVain: 1 });
  });

  test('a whole generation that the leader never saw is leapt over', () => {
    expect(search([1, 1, 4, 4, 4, 4], [1, 1, 2, 2, 2, 2])).toMatchObject({ next: 3, inVain: 1 });
  });

  test('a generation of which the leader has less is met at its end', () => {
    expect(search([1, 1, 2, 5], [1, 1, 2, 2, 2])).toMatchObject({ next: 4, inVain: 1 });
  });

  const generations = (of: readonly number[]) =>
    fc.array(fc.constantFrom(...of), { maxLength: 12 }).map((all) => all.toSorted((a, b) => a - b));
  test.prop([generations([1, 2, 3]), generations([4, 6, 8]), generations([5, 7, 9])])(
    'what is sent first is never behind what the logs share, and a step a generation finds it',
    (shared, leader, follower) => {
      const { next, inVain } = search([...shared, ...leader], [...shared, ...follower]);
      expect(next).toBeGreaterThanOrEqual(1);
      expect(next).toBeLessThanOrEqual(shared.length + leader.length + 1);
      expect(inVain).toBeLessThanOrEqual(new Set([...leader, ...follower]).size + 1);
    },
  );
});
