/** Lists are what they were made of, and say nothing twice that they have in common. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOfEntries, growingColumns, numberOfValue } from './entry-columns.ts';
import type { GrowingColumns } from './entry-columns.ts';
import {
  endPut,
  HistoryTooLarge,
  isList,
  itemOfList,
  itemPut,
  keptList,
  likeItem,
  noLists,
  noValue,
  putItem,
  sizeOfList,
  valueOf,
} from './lists.ts';

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 'r', 'append', 0, -0, 1, 2, -1, 2 ** 40, 0.5),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}));
const list = fc.array(tree, { maxLength: 4 });

const keepLike = (columns: GrowingColumns, said: readonly unknown[], like: number): number => {
  const { values, lists } = columns;
  const begin = lists.length;
  return keptList(values, lists, begin, numberOfValue(columns, said), like);
};

test('they come out as they went in, whichever way they are added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(list, fc.boolean()), { maxLength: 6 }), (all) => {
      const columns = growingColumns(1);
      const numbers: number[] = [];
      for (const [each, isLater] of all) {
        const like = numbers.at(-1) ?? noValue;
        numbers.push(isLater ? keepLike(columns, each, like) : numberOfValue(columns, each, like));
        expect(isList(numbers.at(-1)!)).toBe(true);
      }
      const out = numbers.map((number) => valueOf(columns.values, columns.lists, number));
      expect(out).toStrictEqual(all.map(([each]) => each));
    }),
  );
});

test('what a list repeats of another is kept once, whichever way it is added', () => {
  fc.assert(
    fc.property(list, list, (said, more) => {
      const columns = growingColumns(1);
      const { lists } = columns;
      const first = numberOfValue(columns, said);
      const { length } = lists;
      expect(numberOfValue(columns, structuredClone(said), first)).toBe(first);
      expect(keepLike(columns, structuredClone(said), first)).toBe(first);
      expect(lists.length).toBe(length);

      const both = [numberOfValue, keepLike].map((add) => {
        const before = lists.length;
        const longer = add(columns, [...said, ...more], first);
        const items = lists.items.slice(~longer + 1, ~longer + 1 + said.length);
        expect(items).toEqual(lists.items.slice(~first + 1, ~first + 1 + said.length));
        return lists.length - before;
      });
      if (more.length > 0) expect(both[0]).toBe(both[1]);
    }),
  );
});

test('a list may be put item by item', () => {
  const { lists } = growingColumns(1);
  for (const [at, item] of [7, 8, 9].entries()) putItem(lists, at, item);
  expect(itemPut(lists, 1)).toBe(8);
  const list = endPut(lists, 3);
  for (const [at, item] of [1, 2].entries()) putItem(lists, at, item);
  expect([0, 1, 2].map((at) => itemOfList(lists, list, at))).toEqual([7, 8, 9]);
  expect(sizeOfList(lists, endPut(lists, 0))).toBe(0);
});

test('no list is put that takes more room than there may be', () => {
  const lists = noLists(1, 3);
  putItem(lists, 0, 7);
  endPut(lists, 1);
  expect(() => putItem(lists, 0, 8)).toThrowError(HistoryTooLarge);
});

test('nor is more room taken beforehand', () => {
  const columns = growingColumns(1, 1000, 16);
  expect(() => numberOfValue(columns, [1, 2, 3, 4, 5, 6])).toThrowError(HistoryTooLarge);
});

test('behind the end of a list there is nothing to be like', () => {
  const columns = growingColumns(1);
  const list = numberOfValue(columns, [1, [2]]);
  numberOfValue(columns, [3]);
  const alike = [0, 1, 2, 3].map((at) =>
    valueOf(columns.values, columns.lists, likeItem(columns.lists, list, at)),
  );
  expect(alike).toEqual([1, [2], undefined, undefined]);
});

test('a zero and a negative zero are not the same', () => {
  const columns = growingColumns(1);
  const first = numberOfValue(columns, [0, -0]);
  const others = [numberOfValue, keepLike].map((add) => add(columns, [-0, 0], first));
  for (const other of others)
    expect(valueOf(columns.values, columns.lists, other)).toStrictEqual([-0, 0]);
});

test('what a process says again in entries is kept once', () => {
  const entry = { process: 0, f: 'txn', timeNs: 0 };
  const said = () => [['append', 1, 2 ** 40]];
  const columns = columnsOfEntries([
    { ...entry, index: 0, type: 'invoke', value: said() },
    { ...entry, index: 1, type: 'ok', value: said() },
  ])!;
  expect(columns.value[1]).toBe(columns.value[0]);
});

test('a list that is too deep stays as it is', () => {
  let deep: unknown = [];
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  const columns = growingColumns(1);
  const number = numberOfValue(columns, deep);
  let left = valueOf(columns.values, columns.lists, number);
  for (let depth = 0; depth < 100_000; depth++) left = (left as unknown[])[0];
  expect(left).toEqual([]);
});
