import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, EntryType, ProcessId } from './entry.ts';
import { pair } from './operation.ts';

const entry = (
  index: number,
  process: ProcessId,
  type: EntryType,
  value: unknown = null,
  f = 'write',
): Entry => ({ index, timeNs: index * 10, process, type, f, value });

describe('pairing', () => {
  test('joins each invocation with the next completion of its process', () => {
    const { operations, problems } = pair([
      entry(0, 0, 'invoke', 1),
      entry(1, 1, 'invoke', 2),
      entry(2, 1, 'ok', 2),
      entry(3, 0, 'fail', 1),
    ]);
    expect(problems).toEqual([]);
    expect(operations).toMatchObject([
      { invokeIndex: 0, completeIndex: 3, outcome: 'fail', input: 1, output: undefined },
      { invokeIndex: 1, completeIndex: 2, outcome: 'ok', callNs: 10, returnNs: 20, output: 2 },
    ]);
  });

  test('an operation that nobody completed is unknown, and returns never', () => {
    const { operations, problems } = pair([entry(0, 0, 'invoke', 1)]);
    expect(problems).toEqual([]);
    expect(operations).toMatchObject([
      { outcome: 'info', completeIndex: undefined, returnNs: Number.POSITIVE_INFINITY },
    ]);
  });

  test('one that ended in info is unknown too, and keeps where that was said', () => {
    const { operations } = pair([entry(0, 0, 'invoke', 1), entry(1, 0, 'info', 1)]);
    expect(operations).toMatchObject([
      { outcome: 'info', completeIndex: 1, returnNs: Number.POSITIVE_INFINITY },
    ]);
  });

  test('a second invocation leaves the first unknown, and is named', () => {
    const { operations, problems } = pair([
      entry(0, 0, 'invoke', 1),
      entry(1, 0, 'invoke', 2),
      entry(2, 0, 'ok', 2),
    ]);
    expect(operations).toMatchObject([{ outcome: 'info' }, { outcome: 'ok', input: 2 }]);
    expect(problems).toEqual([
      { index: 1, problem: 'process 0 invokes while its operation 0 is open' },
    ]);
  });

  test('a completion without an invocation is left out, and named', () => {
    const { operations, problems } = pair([entry(0, 0, 'ok', 1)]);
    expect(operations).toEqual([]);
    expect(problems).toEqual([
      { index: 0, problem: 'process 0 completes an operation that it did not invoke' },
    ]);
  });

  test('nemeses and phases are left out unless they are asked for', () => {
    const entries = [entry(0, 'nemesis:kill', 'invoke'), entry(1, 'phase', 'info')];
    expect(pair(entries)).toEqual({ operations: [], problems: [] });
    const { operations } = pair(entries, ({ process }) => process === 'nemesis:kill');
    expect(operations).toMatchObject([{ process: 'nemesis:kill', outcome: 'info' }]);
  });

  test('whatever the entries are, each invocation gives one operation, in their order', () => {
    const types = fc.constantFrom<EntryType>('invoke', 'ok', 'fail', 'info');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), types)), (drawn) => {
        const entries = drawn.map(([process, type], index) => entry(index, process, type));
        const { operations, problems } = pair(entries);
        expect(operations.map(({ invokeIndex }) => invokeIndex)).toEqual(
          entries.filter(({ type }) => type === 'invoke').map(({ index }) => index),
        );
        const completed = operations.filter(({ completeIndex }) => completeIndex !== undefined);
        const orphans = problems.filter(({ problem }) => problem.includes('completes'));
        expect(completed.length + orphans.length).toBe(
          entries.filter(({ type }) => type !== 'invoke').length,
        );
      }),
    );
  });
});
