import { expect, test } from 'vitest';
import { remarks } from './words.ts';

const found = {
  model: 'register',
  key: undefined,
  operations: [],
  initial: 'null',
  partials: [{ steps: [], stuck: [{ place: 0, why: 'cannot take effect here' }] }],
  exhaustive: true,
  blocked: 0,
  smallest: true,
  operationsLeftOut: 0,
};

test('a small counterexample whose orders have all been tried needs no remark', () => {
  expect(remarks(found)).toEqual([]);
});

test('what a budget left undone, and what is not drawn, is said', () => {
  expect(remarks({ ...found, exhaustive: false, smallest: false, operationsLeftOut: 2 })).toEqual([
    expect.stringContaining('before the smallest contradiction was known'),
    expect.stringContaining('there may be longer ones'),
    expect.stringContaining('2 operations more'),
  ]);
});

test('where no order is known, it is said, and not that there may be longer ones', () => {
  expect(remarks({ ...found, partials: [], exhaustive: false })).toEqual([
    expect.stringContaining('No order of them is known'),
  ]);
});
