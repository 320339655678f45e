/** Keyed histories: when a pair is a key and a value, and when it is not. */
import { describe, expect, test } from 'vitest';
import { parseHistory } from './read-history.ts';
import type { ReadOptions } from './read-history.ts';

const read = (lines: readonly string[], options: ReadOptions = {}) =>
  parseHistory(lines.map((line) => `{${line}}\n`).join(''), 'file', 'edn', options);

const told = (lines: readonly string[], options?: ReadOptions) =>
  read(lines, options).entries.map(({ key, value }) => [key, value]);

const keyed = [
  ':process 0 :type :invoke :f :read :value [7 nil]',
  ':process 1 :type :invoke :f :cas :value [8 [1 2]]',
  ':process 0 :type :ok :f :read :value [7 5]',
  ':process 1 :type :info :f :cas :value nil :error :timeout',
  ':process :nemesis :type :info :f :start :value [1 2]',
];

describe('values that are pairs', () => {
  test('are keys and values where reads ask for a key', () => {
    expect(told(keyed)).toEqual([
      [7, null],
      [8, [1, 2]],
      [7, 5],
      [undefined, null],
      [undefined, [1, 2]],
    ]);
  });

  test('are values where it is said so', () => {
    expect(told(keyed, { independent: 'no' })[0]).toEqual([undefined, [7, null]]);
  });

  const register = [
    ':process 0 :type :invoke :f :cas :value [1 2]',
    ':process 0 :type :ok :f :cas :value [1 2]',
  ];

  test.each([
    ['compare-and-sets alone do not ask for a key', register],
    ['a read asks for nothing', [...register, ':process 0 :type :invoke :f :read']],
    ['a read brings a value', [...register, ':process 0 :type :invoke :f :read :value [1 2]']],
    ['a completion has another key', [keyed[0]!, ':process 0 :type :ok :f :read :value [8 5]']],
    ['a write has no key', [...keyed, ':process 2 :type :invoke :f :write :value 3']],
    [
      'a key stands beside them',
      [...keyed, ':process 2 :type :invoke :f :read :key 1 :value [7 nil]'],
    ],
    ['they are micro-operations', [':process 0 :type :invoke :value [[:r 1 nil] [:r 2 nil]]']],
  ])('are values as long as %s', (_, lines) => {
    const { entries, problems } = read(lines);
    expect(problems.count).toBe(0);
    expect(entries[0]).not.toHaveProperty('key');
    expect(entries[0]!.value).toHaveLength(2);
    expect(entries.map(({ index }) => index)).toEqual(entries.map((_, i) => i));
  });

  const ofNemesis = (f: string) => `:process :nemesis :type :info :f :${f} :value nil`;

  test('are keys and values where a nemesis did first what the only read does', () => {
    const written = [':process 0 :type :invoke :f :write :value [1 2]'];
    written.push(':process 0 :type :ok :f :write :value [1 2]', ofNemesis('read'));
    const lines = [...written, ':process 0 :type :invoke :f :read :value [1 nil]'];
    expect(told(lines).at(-1)).toEqual([1, null]);
  });

  test('are values where they are of transactions, even if those are what a nemesis did first', () => {
    const lines = [...keyed, ofNemesis('txn'), ':process 0 :type :invoke :f :txn :value [7 8]'];
    expect(told(lines).at(-1)).toEqual([undefined, [7, 8]]);
  });

  test('that are none after all change nothing for a nemesis, which may have a key beside them', () => {
    const lines = [...keyed.slice(0, 3), ':process :nemesis :type :info :f :start :key 3 :value 4'];
    const asked = ':process 1 :type :invoke :f :read :value nil';
    expect(told([...lines, asked])[3]).toEqual([3, 4]);
  });

  test('that are none after all leave to open operations the key that they were invoked with', () => {
    const { entries, problems } = read([
      ':process 0 :type :invoke :f :cas :value [3 0]',
      ':process 1 :type :invoke :f :read :key 3 :value nil',
      ':process 0 :type :ok :f :cas :key 3 :value 0',
    ]);
    expect(problems.count).toBe(0);
    expect(entries.map(({ type, key, value }) => [type, key, value])).toEqual([
      ['invoke', undefined, [3, 0]],
      ['invoke', 3, null],
      ['ok', 3, 0],
    ]);
  });

  test('of another key than was asked for make the operation unknown', () => {
    const lines = [keyed[0]!, ':process 0 :type :ok :f :read :value [8 5]'];
    const { entries, problems } = read(lines, { independent: 'yes' });
    expect(entries.map(({ type, value }) => [type, value])).toEqual([
      ['invoke', null],
      ['info', null],
    ]);
    expect(problems.first).toEqual(['file:2: key is 8, and 7 was asked for']);
  });

  test('are split when asked, and what is none is left out and named', () => {
    const lines = [...register, ':process 1 :type :invoke :f :read :value nil'];
    const { entries, problems } = read(lines, { independent: 'yes' });
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(problems).toMatchObject({
      misleading: 1,
      first: ['file:3: value is null, no [key value]'],
    });
  });
});
