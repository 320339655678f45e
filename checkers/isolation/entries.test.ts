/** What is a transaction of a history, and what is refused as none. */
import { describe, expect, test } from 'vitest';
import type { Entry, EntryType, History } from '../../src/core/history/entry.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';
import { judged } from './check.fixture.ts';

type Said = readonly [process: Entry['process'], type: EntryType, value: unknown, f?: string];

const historyFrom = (...all: readonly Said[]): History =>
  historyOf(
    all.map(([process, type, value, f = 'txn'], index): Entry => ({
      index,
      timeNs: index,
      process,
      type,
      f,
      value,
    })),
  );
const append = ['append', 'x', 1];
const noList = 'its value is no list of micro-operations';
const ofAnother = 'entry 1: completes another transaction than entry 0 invokes';

describe('is refused', () => {
  test.each<[string, ...Said[]]>([
    ['entry 1: f is kill, not txn', [0, 'invoke', []], [1, 'invoke', [], 'kill']],
    [`entry 0: ${noList}`, [0, 'invoke', 5]],
    [`entry 1: ${noList}`, [0, 'invoke', [append]], [0, 'ok', null]],
    ['entry 0: 5 is no micro-operation', [0, 'invoke', [5]]],
    ['entry 0: ["r"] is no micro-operation', [0, 'invoke', [['r']]]],
    ['entry 0: ["r","x",[],1] is no micro-operation', [0, 'invoke', [['r', 'x', [], 1]]]],
    ['entry 1: ["r"] is no micro-operation', [0, 'invoke', [['r', 'x']]], [0, 'ok', [['r']]]],
    ['entry 0: r is neither append nor r', [0, 'invoke', [[['r'], 'x', null]]]],
    [ofAnother, [0, 'invoke', [append]], [0, 'ok', []]],
    [ofAnother, [0, 'invoke', [append]], [0, 'ok', [append, append]]],
    [ofAnother, [0, 'invoke', [append]], [0, 'ok', [['w', 'x', 1]]]],
    [ofAnother, [0, 'invoke', [append]], [0, 'ok', [['append', 'y', 1]]]],
    [ofAnother, [0, 'invoke', [append]], [0, 'ok', [['append', 'x', '1']]]],
    [ofAnother, [0, 'invoke', [append]], [0, 'ok', [['append', 'x']]]],
    [ofAnother, [0, 'invoke', [['r', 'x', null]]], [0, 'info', [['r', 'y', [1]]]]],
    ['entry 0: process 0 completes an operation that it did not invoke', [0, 'ok', [append]]],
    ['entry 1: process 0 invokes while its operation 0', [0, 'invoke', []], [0, 'invoke', []]],
  ])('%s', async (message, ...all) => {
    await expect(judged('list-append', historyFrom(...all))).rejects.toMatchObject({
      code: 'data',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('is taken', () => {
  const reading: readonly Said[] = [
    [7, 'invoke', [['r', 'x', null]]],
    [7, 'ok', [['r', 'x', [1]]]],
  ];
  const verdictOf = async (...all: readonly Said[]) =>
    (await judged('list-append', historyFrom(...all))).verdict.verdict;

  test.each<[string, ...Said[]]>([
    ['a read without a place for its answer', [0, 'invoke', [['r', 'x']]], [0, 'ok', [['r', 'x']]]],
    [
      'what no client did',
      ['nemesis:kill', 'invoke', null, 'kill'],
      ['nemesis:kill', 'info', 5, 'kill'],
    ],
    ['of unknown end, without an answer', [0, 'invoke', [['r', 'y', [5]]]], [0, 'info', null]],
  ])('%s', async (_, ...all) => {
    expect(await verdictOf(...all, [1, 'invoke', [append]], [1, 'ok', [append]], ...reading)).toBe(
      'valid',
    );
  });

  test('what failed, whatever it says', async () => {
    const asked: Said = [0, 'invoke', [['append', 'x', 2]]];
    const [written, done]: Said[] = [
      [1, 'invoke', [append]],
      [1, 'ok', [append]],
    ];
    for (const said of [null, 5, [], [['append', 'x', 3]]])
      expect(await verdictOf(asked, [0, 'fail', said], written!, done!, ...reading)).toBe('valid');
  });

  test('null is no empty list, where nobody knows the end', async () => {
    const both = [append, ['r', 'y', null]];
    const other = [['append', 'y', 1]];
    const [begun, ended]: Said[] = [
      [1, 'invoke', other],
      [1, 'ok', other],
    ];
    const open: Said = [0, 'invoke', both];
    const seen: Said = [7, 'ok', [['r', 'y', [1]]]];
    const look: Said = [7, 'invoke', [['r', 'y', null]]];
    const all = (type: EntryType) => [begun!, ended!, open, [0, type, both] as Said];
    expect(await verdictOf(...all('info'), ...reading, look, seen)).toBe('valid');
    expect(await verdictOf(...all('ok'), ...reading, look, seen)).toBe('invalid');
  });
});
