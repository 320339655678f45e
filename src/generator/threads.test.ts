import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../core/history/entry.ts';
import { threadsOf } from './threads.ts';

describe('threads', () => {
  test('a thread begins as the process of its number; its replacements are new to every thread', () => {
    const threads = threadsOf(3, ['kill']);
    const seen = new Set([0, 1, 2]);
    for (const thread of [1, 1, 0, 2, 1]) {
      threads.retire(thread);
      const process = threads.processOf(thread) as number;
      expect(seen).not.toContain(process);
      expect(threads.context(0).threadOf(process)).toBe(thread);
      seen.add(process);
    }
    expect(threads.processOf(1)).toBe(10);
  });

  test('a retired process has no thread, nor has one that never was', () => {
    const threads = threadsOf(3, ['kill']);
    threads.retire(1);
    const context = threads.context(0);
    expect(
      [1, 7, 'phase', 'nemesis:clock'].map((each) => context.threadOf(each as ProcessId)),
    ).toEqual([undefined, undefined, undefined, undefined]);
    expect([context.threadOf(4), context.threadOf('nemesis:kill')]).toEqual([1, 'nemesis:kill']);
  });

  test("a nemesis's process is its thread, and stays it", () => {
    const threads = threadsOf(1, ['kill']);
    threads.retire('nemesis:kill');
    expect(threads.processOf('nemesis:kill')).toBe('nemesis:kill');
  });

  test('the longest free comes first, and only a free one can be claimed', () => {
    const threads = threadsOf(3, []);
    expect([threads.claim(0), threads.claim(1), threads.claim(0)]).toEqual([true, true, false]);
    threads.release(1);
    threads.release(0);
    expect(threads.free).toEqual([2, 1, 0]);
  });

  test('none at all is refused, for nothing could ever happen', () => {
    expect(() => threadsOf(0, [])).toThrow(RangeError);
  });
});
