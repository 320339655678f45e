/** Where what reads found is kept: each read finds what it found, whatever others found before and after. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growingColumns, numberOfValue } from '../../src/core/history/entry-columns.ts';
import { noneFound } from './found.ts';
import { items } from './items.ts';
import { meterOf } from './meter.ts';

const meter = () => meterOf({ timeMsMax: 10_000, memoryBytesMax: 2 ** 30 });
const element = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom<unknown>(2 ** 40, -1, 'x', [1]));
const beginning = fc.nat({ max: 8 }).map((length) => Array.from({ length }, (_, at) => at));
const list = fc.oneof(
  beginning,
  beginning,
  fc.tuple(beginning, fc.array(element, { maxLength: 3 })).map(([a, b]) => a.concat(b as number[])),
);
const read = fc.tuple(fc.nat({ max: 2 }), fc.oneof(list, list, list, element));

test('what each read found', () => {
  fc.assert(
    fc.property(fc.array(read, { maxLength: 30, size: 'max' }), (reads) => {
      const columns = growingColumns(1);
      const said = reads.map(([key, what]) => [
        numberOfValue(columns, key),
        numberOfValue(columns, what),
      ]);
      const table = items(columns, meter());
      const found = noneFound(columns, table, meter());
      const places = said.map(([key, what], at) => {
        const number = table.keyOf(key!);
        return Array.isArray(reads[at]![1])
          ? found.placeOf(number, what!)
          : found.placeOfOne(table.itemOf(number, what!));
      });
      const all = found.items();
      for (const [at, [key, what]] of reads.entries()) {
        const size = Array.isArray(what) ? what.length : 1;
        const place = places[at]!;
        const shown = [...all.subarray(place, place + size)];
        const number = table.keyOf(said[at]![0]!);
        const expected = (Array.isArray(what) ? what : [what]).map((each) =>
          table.itemOf(number, numberOfValue(columns, each)),
        );
        expect(shown, `read ${at} of key ${key}`).toEqual(expected);
      }
    }),
    { numRuns: 1000 },
  );
});

test('reads of a list that grows take little more than the list, and the meter hears of it', () => {
  const columns = growingColumns(1);
  const lists = Array.from({ length: 100 }, (_, length) =>
    numberOfValue(
      columns,
      Array.from({ length }, (__, at) => at),
    ),
  );
  const key = numberOfValue(columns, 'x');
  const table = items(columns, meter());
  let [steps, bytes] = [0, 0];
  const found = noneFound(columns, table, {
    ...meter(),
    step: (count = 1) => (steps += count),
    take: (more) => (bytes += more),
  });
  for (const each of lists) found.placeOf(table.keyOf(key), each);
  expect(found.items().length).toBeLessThan(400);
  expect(bytes).toBeGreaterThanOrEqual(4 * found.items().length);
  expect(steps).toBeGreaterThanOrEqual((100 * 99) / 2);
});

test('a beginning takes no room, and a read that goes its own way as much as it has items', () => {
  const columns = growingColumns(1);
  const [key, whole, part, other] = ['x', [1, 2, 3], [1], [1, 3, 2]].map((said) =>
    numberOfValue(columns, said),
  );
  const table = items(columns, meter());
  const found = noneFound(columns, table, meter());
  const place = found.placeOf(table.keyOf(key!), whole!);
  const { length } = found.items();
  expect(found.placeOf(table.keyOf(key!), part!)).toBe(place);
  expect(found.items().length).toBe(length);
  found.placeOf(table.keyOf(key!), other!);
  expect(found.items().length).toBe(length + 3);
});
