/** What a driver may give that a file cannot hold: histories in memory, judged as they are. */
import { expect, test } from 'vitest';
import {
  entryTypes,
  historyInColumns,
  columnsOfEntries,
} from '../src/core/history/entry-columns.ts';
import { describeVerdict } from '../src/core/verdict.ts';
import { checkHistory } from './check-history.ts';
import type { RecordedEntry } from './check-history.ts';
import { linearizable } from './linearizability/checker.ts';
import { historyFrom } from './linearizability/histories.fixture.ts';
import { makeChecker } from './registry.ts';

/** One client's transactions: what it asked, and what it was told. */
const client = (...transactions: readonly (readonly [asked: unknown, told: unknown])[]) =>
  transactions.flatMap(([asked, told]): RecordedEntry[] => [
    { process: 0, type: 'invoke', f: 'txn', value: [asked] },
    { process: 0, type: 'ok', f: 'txn', value: [told] },
  ]);

const write = ['w', 0, 1];
const append = ['append', 0, 1];

test.each([
  [
    'rw-register',
    'invalid',
    client(
      [write, write],
      [
        ['r', 0n, null],
        ['r', 0n, null],
      ],
    ),
  ],
  [
    'rw-register',
    'valid',
    client(
      [write, write],
      [
        ['r', 0n, null],
        ['r', 0n, 1n],
      ],
    ),
  ],
  [
    'rw-register',
    'valid',
    client(
      [write, write],
      [
        ['r', 0, null],
        ['r', 0n, 1],
      ],
    ),
  ],
  [
    'list-append',
    'valid',
    client(
      [append, append],
      [
        ['r', 0, null],
        ['r', 0n, [1n]],
      ],
      [
        ['r', 0, null],
        ['r', 0, [1]],
      ],
    ),
  ],
  [
    'list-append',
    'invalid',
    client(
      [append, append],
      [
        ['r', 0n, null],
        ['r', 0n, []],
      ],
    ),
  ],
])('%s: a driver that answers 5n says 5, and this is %s', async (checker, verdict, entries) => {
  const options = checker === 'rw-register' ? { keys: 'linearizable' } : {};
  const result = await checkHistory(makeChecker({ checker, options }), entries);
  expect(result.verdict.verdict).toBe(verdict);
});

test('an entry of a type that there is not is none of the known ones', async () => {
  for (const type of ['done', 'toString', '']) {
    expect(entryTypes).not.toContain(type);
    const entries = [
      { process: 1, type, f: 'write', value: 5 },
      { process: 0, type: 'invoke', f: 'read', value: null },
      { process: 0, type: 'ok', f: 'read', value: 5 },
    ] as readonly RecordedEntry[];
    await expect(checkHistory(linearizable('register'), entries)).rejects.toThrowError(
      'entry 0: process 1 completes an operation that it did not invoke',
    );
  }
});

test('a copy of a history with other entries is judged by those', async () => {
  const lines = ['0 invoke write 1', '0 ok write 1', '0 invoke read', '0 ok read 2'];
  const { header, entries, torn } = historyFrom(lines);
  const whole = historyInColumns(header, columnsOfEntries(entries)!, torn);
  const checker = linearizable('register');
  const judged = async (history: typeof whole) =>
    describeVerdict((await checkHistory(checker, history)).verdict);
  expect(await judged(whole)).toBe('invalid (safety)');
  expect(await judged({ ...whole, entries: whole.entries.slice(0, 2) })).toBe('valid');
});
