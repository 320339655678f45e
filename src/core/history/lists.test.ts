/** Lists are what they were made of, and say nothing twice that they have in common. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOfEntries, growingColumns, numberOfValue } from './entry-columns.ts';
import { copiedList, isList, likeItem, noLists, noValue, valueOf } from './lists.ts';

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 'r', 'append', 0, -0, 1, 2, -1, 2 ** 40, 0.5),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}));
const list = fc.array(tree, { maxLength: 4 });

test('they come out as they went in, and again when they are copied', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 6 }), (all) => {
      const columns = growingColumns(1);
      const { values, lists } = columns;
      const copies = noLists(0);
      let last = noValue;
      let lastCopy = noValue;
      for (const each of all) {
        const number = numberOfValue(columns, each, last);
        lastCopy = copiedList(values, lists, number, copies, lastCopy);
        expect(isList(number) && isList(lastCopy)).toBe(true);
        expect(valueOf(values, lists, number)).toStrictEqual(each);
        expect(valueOf(values, copies, lastCopy)).toStrictEqual(each);
        last = number;
      }
    }),
  );
});

test('what a list repeats of another is kept once, whichever way it is added', () => {
  fc.assert(
    fc.property(list, list, (said, more) => {
      const columns = growingColumns(1);
      const { values, lists } = columns;
      const first = numberOfValue(columns, said);
      const { length } = lists;
      expect(numberOfValue(columns, structuredClone(said), first)).toBe(first);
      expect(lists.length).toBe(length);

      const draft = growingColumns(1);
      draft.values.push(...values);
      const again = numberOfValue(draft, said);
      expect(copiedList(draft.values, draft.lists, again, lists, first)).toBe(first);
      expect(lists.length).toBe(length);

      const longer = numberOfValue(columns, [...said, ...more], first);
      const items = lists.items.slice(~longer + 1, ~longer + 1 + said.length);
      expect(items).toEqual(lists.items.slice(~first + 1, ~first + 1 + said.length));
    }),
  );
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
  const second = numberOfValue(columns, [-0, 0], first);
  expect(valueOf(columns.values, columns.lists, second)).toStrictEqual([-0, 0]);
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
