import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { generation } from '../generation-clock/generation.ts';
import { logIndex, type LogEntry } from '../write-ahead-log/entry.ts';
import { conflictingSuffixBugs } from './bugs.ts';
import { reconcile, type FollowersLog, type Reconcile } from './conflicting-suffix.ts';

/** A log whose entries are of these generations, from index 1 on. */
const logOf = (generations: readonly number[]): FollowersLog => ({
  last: { index: logIndex(generations.length) },
  generationAt: (index) => generation(generations[index - 1] ?? 0),
});

/** The leader's entries from index `from` on. */
const sent = (from: number, ...generations: number[]): LogEntry[] =>
  generations.map((of, at) => ({
    index: logIndex(from + at),
    generation: generation(of),
    command: of,
  }));

/** The follower's generations after it took the entries. */
function after(log: readonly number[], entries: readonly LogEntry[], how: Reconcile): number[] {
  const { cutFrom, append } = how(logOf(log), entries);
  const kept = cutFrom === undefined ? log : log.slice(0, cutFrom - 1);
  return [...kept, ...append.map((entry) => entry.generation)];
}

describe('a conflicting suffix', () => {
  test('is cut from the first difference, and the leader’s entries take its place', () => {
    expect(after([1, 1, 2, 2], sent(3, 3, 3, 3), reconcile)).toEqual([1, 1, 3, 3, 3]);
  });

  test('is not there when the logs agree, so nothing is cut', () => {
    expect(reconcile(logOf([1, 1, 2]), sent(2, 1, 2))).toEqual({ cutFrom: undefined, append: [] });
  });

  test('is not what a late message lacks: entries behind it stay', () => {
    expect(after([1, 1, 2, 2], sent(2, 1), reconcile)).toEqual([1, 1, 2, 2]);
  });

  test('an append without entries changes nothing', () => {
    expect(after([1, 2], [], reconcile)).toEqual([1, 2]);
  });

  const sorted = fc
    .array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 })
    .map((generations) => generations.toSorted((a, b) => a - b));
  test.prop([sorted, sorted, sorted])(
    'afterwards the follower has what the leader sent',
    (shared, follower, leader) => {
      const entries = sent(shared.length + 1, ...leader.map((n) => n + 10));
      const log = after([...shared, ...follower], entries, reconcile);
      expect(log.slice(shared.length, shared.length + leader.length)).toEqual(
        leader.map((n) => n + 10),
      );
    },
  );

  test('keep-conflicting-suffix leaves it there', () => {
    const { part } = conflictingSuffixBugs['keep-conflicting-suffix'];
    expect(after([1, 1, 2, 2], sent(3, 3, 3, 3), part)).toEqual([1, 1, 2, 2, 3]);
    expect(after([1, 1], sent(3, 3), part)).toEqual([1, 1, 3]);
  });
});
