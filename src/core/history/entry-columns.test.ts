/** Entries in columns are the entries that they were. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeId } from '../ids.ts';
import { columnsOfEntries, entriesOf, entryCount, operationCount } from './entry-columns.ts';
import { isClient } from './entry.ts';
import type { Entry } from './entry.ts';
import { operationAt, operationsIn, pair } from './operation.ts';

const entries = fc
  .array(
    fc.record(
      {
        step: fc.integer({ min: 1, max: 3 }),
        process: fc.oneof(
          fc.integer({ min: -1, max: 3 }),
          fc.constantFrom('nemesis:kill' as const, 'phase' as const),
        ),
        type: fc.constantFrom('invoke', 'ok', 'fail', 'info'),
        f: fc.constantFrom('read', 'write', 'txn'),
        key: fc.constantFrom(0, 7, '7', 1.5, 2 ** 40),
        value: fc.jsonValue(),
        error: fc.constantFrom('timeout', 'refused'),
        node: fc.constantFrom(1, 2).map(nodeId),
      },
      { requiredKeys: ['step', 'process', 'type', 'f', 'value'] },
    ),
    { maxLength: 40 },
  )
  .map((said): Entry[] => {
    let index = -1;
    return said.map(({ step, ...each }) => ({
      index: (index += step),
      timeNs: 3 * index,
      ...each,
    }));
  });

test('whatever they are, they come out as they went in', () => {
  fc.assert(
    fc.property(entries, (history) => {
      const columns = columnsOfEntries(history)!;
      expect(entriesOf(columns)).toEqual(history);
      expect(entryCount({ entries: [], columns })).toBe(history.length);
      const invocations = history.filter(
        ({ type, process }) => type === 'invoke' && isClient(process),
      );
      expect(operationCount(columns)).toBe(invocations.length);
    }),
  );
});

test('an operation is the same by the places of its entries', () => {
  fc.assert(
    fc.property(entries, (history) => {
      const columns = columnsOfEntries(history)!;
      const { operations, problems } = pair(history);
      expect(operationsIn(columns)).toEqual(problems.length > 0 ? undefined : operations);
      const placeOf = new Map(history.map(({ index }, place) => [index, place]));
      for (const operation of operations) {
        const { invokeIndex, completeIndex } = operation;
        const completed = completeIndex === undefined ? -1 : placeOf.get(completeIndex)!;
        expect(operationAt(columns, placeOf.get(invokeIndex)!, completed)).toEqual(operation);
      }
    }),
  );
});

test('indexes that do not grow, or do not fit, have no columns', () => {
  const at = (index: number): Entry => {
    return { index, timeNs: 0, process: 0, type: 'invoke', f: 'read', value: null };
  };
  for (const indexes of [[0, 0], [1, 0], [-1], [0.5], [2 ** 31], [Number.NaN]])
    expect(columnsOfEntries(indexes.map(at))).toBeUndefined();
});
