import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../core/history/entry.ts';
import { shownOperations } from './shown-operations.ts';

/** As many reads one after the other; every tenth fails. */
function history(operations: number): History {
  const entries = Array.from({ length: operations }, (_, i): readonly Entry[] => {
    const common = { process: 0, f: 'read', value: i };
    return [
      { ...common, index: 2 * i, timeNs: 2 * i, type: 'invoke' },
      { ...common, index: 2 * i + 1, timeNs: 2 * i + 1, type: i % 10 === 0 ? 'fail' : 'ok' },
    ];
  }).flat();
  const header = { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' } as const;
  return { header, entries, torn: false };
}

describe('the operations shown', () => {
  test('are all of them up to the limit', () => {
    const { all, shown } = shownOperations(history(100), new Set(), 100);
    expect(shown).toBe(all);
    expect(shown).toHaveLength(100);
  });

  test('beyond it keep what a finding names and what is rare', () => {
    const named = new Set([2 * 33 + 1]);
    const { all, shown, placeOf } = shownOperations(history(100), named, 30);
    expect(all).toHaveLength(100);
    expect(shown).toHaveLength(30);
    expect(shown.filter((each) => each.outcome === 'fail')).toHaveLength(10);
    expect(shown[placeOf(2 * 33)!]?.invokeIndex).toBe(2 * 33);
    expect(shown.map((each) => each.invokeIndex)).toEqual(
      shown.map((each) => each.invokeIndex).toSorted((a, b) => a - b),
    );
  });

  test('are found by the entry of their invocation and by that of their completion', () => {
    const { placeOf } = shownOperations(history(5), new Set());
    expect([placeOf(6), placeOf(7), placeOf(99)]).toEqual([3, 3, undefined]);
  });

  test('of no history are none', () => {
    expect(shownOperations(undefined, new Set()).shown).toEqual([]);
  });

  test('know when the client gave up, though nobody knows when the operation ended', () => {
    const { entries, header } = history(1);
    const unknown: History = {
      header,
      torn: false,
      entries: [entries[0]!, { ...entries[1]!, type: 'info' }],
    };
    expect(shownOperations(unknown, new Set()).shown[0]).toMatchObject({
      returnNs: Infinity,
      endNs: 1,
    });
  });
});
