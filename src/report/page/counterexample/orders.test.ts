import { describe, expect, test } from 'vitest';
import type { DrawnCounterexample, DrawnPartial } from '../../evidence-model.ts';
import { longestWith, partsIn, walkOf } from './orders.ts';

const partial = (places: readonly number[], stuck: readonly number[]): DrawnPartial => ({
  steps: places.map((place, i) => ({ number: i + 1, place, state: '' })),
  stuck: stuck.map((place) => ({ place, why: 'cannot take effect here' })),
});

const found: DrawnCounterexample = {
  model: 'register',
  key: undefined,
  operations: Array.from({ length: 6 }, (_, i) => ({
    operation: i,
    process: '1',
    callNs: i,
    returnNs: i + 1,
    outcome: 'ok',
    says: 'read',
    supporting: false,
  })),
  initial: undefined,
  partials: [partial([1, 0, 2], [4, 3]), partial([3], [0]), partial([0, 3], [1])],
  exhaustive: true,
  blocked: 4,
  smallest: true,
  operationsLeftOut: 0,
};

describe('the order shown for an operation', () => {
  test('is the chosen one where that has it', () => {
    expect(longestWith(found, 0, 0)).toBe(0);
    expect(longestWith(found, 0, 2)).toBe(2);
  });

  test('is else the longest that has it', () => {
    expect(longestWith(found, 3, 0)).toBe(2);
  });

  test('is none where none has it', () => {
    expect(longestWith(found, 4, 0)).toBeUndefined();
  });
});

test('an operation is in the order, blocked, stuck beside it, or outside', () => {
  expect(partsIn(found, 0)).toEqual([
    'ordered',
    'ordered',
    'ordered',
    'stuck',
    'blocked',
    'outside',
  ]);
});

test('where there is no order, the blocked operation is told by the counterexample', () => {
  const without = { ...found, partials: [] };
  expect(partsIn(without, 0).map((part) => part === 'blocked')).toEqual([
    false,
    false,
    false,
    false,
    true,
    false,
  ]);
  expect(longestWith(without, 0, 0)).toBeUndefined();
});

test('keys go along the order, then to what cannot follow it, and leave nothing out', () => {
  expect(walkOf(found, 0)).toEqual([1, 0, 2, 4, 3, 5]);
  expect(walkOf({ ...found, partials: [] }, 0)).toEqual([0, 1, 2, 3, 4, 5]);
});
