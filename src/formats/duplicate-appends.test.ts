/** Appends that come twice are found, and no others. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOfEntries } from '../core/history/entry-columns.ts';
import type { Entry } from '../core/history/entry.ts';
import { noteDuplicateAppends } from './duplicate-appends.ts';
import { parseHistory } from './read-history.ts';

type Transaction = readonly (readonly unknown[])[];

const invoking = (value: unknown, index: number): Entry => ({
  index,
  timeNs: index,
  process: index,
  type: 'invoke',
  f: 'txn',
  value,
});

const noted = (transactions: readonly Transaction[]) => {
  const all: [number, string][] = [];
  noteDuplicateAppends(
    columnsOfEntries(transactions.map(invoking))!,
    (...each) => void all.push(each),
  );
  return all;
};

/** Looks at each pair of appends. */
const bruteForce = (transactions: readonly Transaction[]) => {
  const appends = transactions.flatMap((each, place) =>
    each.filter(([name]) => name === 'append').map(([, key, element]) => ({ place, key, element })),
  );
  return appends
    .filter(({ key, element }, i) =>
      appends.slice(0, i).some((before) => before.key === key && before.element === element),
    )
    .map(({ place, key, element }) => [
      place,
      `appends ${JSON.stringify(element)} to ${JSON.stringify(key)} once more`,
    ]);
};

test('the appends that are noted are those that were there before', () => {
  const key = fc.constantFrom<unknown>(1, 2, '1', 'x', 0.5);
  const element = fc.oneof(fc.nat({ max: 40 }), fc.constantFrom('1', 'x', 2 ** 40));
  const operation = fc.tuple(fc.constantFrom('append', 'append', 'r'), key, element);
  fc.assert(
    fc.property(
      fc.array(fc.array(operation, { maxLength: 4 }), { maxLength: 40, size: 'max' }),
      (transactions) => {
        expect(noted(transactions)).toEqual(bruteForce(transactions));
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever their hashes are', () => {
  const once = Array.from({ length: 200 }, (_, element) => [['append', 'x', element]]);
  expect(noted(once)).toEqual([]);
  expect(noted([...once, ...once]).map(([place]) => place)).toEqual(once.map((_, i) => 200 + i));
});

test('whether they are plain or not, for then their names have other numbers', () => {
  const first = [['r', 1, null]];
  const plain = [['append', 1, 2]];
  const strange = [...plain, ['r', 3, 0.5]];
  const inTurn = [
    [plain, strange],
    [strange, plain],
    [plain, strange, plain],
  ];
  for (const values of inTurn) {
    const entries = [first, ...values].flatMap((value) =>
      ['invoke', 'ok'].map((type) => ({ process: 0, type, f: 'txn', value })),
    );
    const text = entries.map((each) => JSON.stringify(each)).join('\n');
    expect(parseHistory(text, 'file').problems.count).toBe(values.length - 1);
  }
});
