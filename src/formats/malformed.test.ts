/** Files that are not all right: what is said of them, and what is left to be judged. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { Entry } from '../core/history/entry.ts';
import { pair } from '../core/history/operation.ts';
import { parseHistory } from './read-history.ts';
import type { ReadOptions } from './read-history.ts';
import type { FormatName } from './registry.ts';

type Words = readonly [process: number, type: Entry['type'], f: string, value: unknown];

const json = (operations: readonly Words[]): string =>
  operations
    .map(([process, type, f, value]) => `${JSON.stringify({ process, type, f, value })}\n`)
    .join('');

const read = (text: string, options: ReadOptions = {}, form: FormatName = 'jsonl') =>
  parseHistory(text, 'file', form, options);

const told = (history: ReturnType<typeof read>) =>
  history.entries.map(({ process, type, f, value }) => [process, type, f, value]);

describe('an operation that cannot be trusted', () => {
  test('a completion without invocation is left out and misleads, unless it failed', () => {
    const history = read(
      json([
        [0, 'ok', 'write', 1],
        [1, 'fail', 'write', 2],
        [1, 'invoke', 'read', null],
      ]),
    );
    expect(history.problems).toEqual({
      count: 2,
      misleading: 1,
      first: [
        'file:1: process 0 completes an operation that it did not invoke',
        'file:2: process 1 completes an operation that it did not invoke',
      ],
    });
    expect(told(history)).toEqual([[1, 'invoke', 'read', null]]);
    expect(history.lineOf(0)).toBe(3);
  });

  test('a client that comes after hundreds of nemeses is told from them', () => {
    const nemeses = Array.from({ length: 200 }, (_, i) =>
      JSON.stringify({ process: `nemesis-${i}`, type: 'info', f: 'start', value: null }),
    );
    const operation = json([
      [0, 'invoke', 'write', 1],
      [0, 'ok', 'write', 1],
    ]);
    const history = read([...nemeses, operation].join('\n'));
    expect(history.problems.first).toEqual([]);
    expect(told(history).slice(nemeses.length)).toEqual([
      [0, 'invoke', 'write', 1],
      [0, 'ok', 'write', 1],
    ]);
  });

  test('of a process with two open operations nothing is known from there on', () => {
    const history = read(
      json([
        [0, 'invoke', 'write', 1],
        [0, 'invoke', 'write', 2],
        [0, 'ok', 'write', 1],
        [0, 'invoke', 'write', 3],
        [0, 'ok', 'write', 2],
        [1, 'invoke', 'read', null],
        [1, 'ok', 'read', 1],
      ]),
    );
    expect(history.problems).toMatchObject({
      count: 1,
      misleading: 0,
      first: ['file:2: process 0 invokes while its operation of line 1 is open'],
    });
    const { operations, problems } = pair(history.entries);
    expect(problems).toEqual([]);
    expect(operations.map(({ outcome, input }) => [outcome, input])).toEqual([
      ['info', 1],
      ['info', 2],
      ['info', 3],
      ['ok', null],
    ]);
  });

  test('a completion of another function leaves the operation unknown', () => {
    const history = read(
      json([
        [0, 'invoke', 'write', 1],
        [0, 'ok', 'read', 1],
        [0, 'invoke', 'read', null],
      ]),
    );
    expect(history.problems.first).toEqual([
      'file:2: process 0 completes read, and had invoked write',
    ]);
    expect(pair(history.entries).problems).toEqual([]);
    expect(told(history)[1]).toEqual([0, 'info', 'write', null]);
  });

  test('an element that is appended twice is named with its line', () => {
    const append = (key: number, element: number) => [['append', key, element]];
    const history = read(
      json([
        [0, 'invoke', 'txn', append(1, 2)],
        [1, 'invoke', 'txn', append(2, 2)],
        [2, 'invoke', 'txn', append(1, 2)],
      ]),
    );
    expect(history.problems.first).toEqual(['file:3: appends 2 to 1 once more']);
    expect(history.problems.misleading).toBe(1);
  });

  test.each([
    ['of another length', ['append', 'x', 5, 6]],
    ['without an element', ['append', 'x', null]],
    ['of a list', ['append', 'x', [5]]],
    ['to nothing', ['append', null, 5]],
  ])('what is no append of an element may be said twice: one %s', (_, append) => {
    const said = (['invoke', 'ok', 'invoke', 'ok'] as const).map((type): Words => [
      0,
      type,
      'txn',
      [append],
    ]);
    expect(read(json(said)).problems.first).toEqual([]);
  });

  test('elements that are all different are no problem, however many', () => {
    const all = Array.from({ length: 2000 }, (_, i): Words => [
      i,
      'invoke',
      'txn',
      [['append', i % 7, i]],
    ]);
    expect(read(json(all)).problems.count).toBe(0);
  });
});

const well = json([
  [0, 'invoke', 'read', null],
  [0, 'ok', 'read', 1],
]);
const ednWell = '{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :read :value 1}\n';

describe('a line that cannot be read', () => {
  test.each<[FormatName, string, string]>([
    ['jsonl', `{"process": 0,\n${well}`, 'file:1: is not JSON: {"process": 0,'],
    ['jsonl', `5\n${well}`, 'file:1: is "5" where the object of an operation is due'],
    ['jsonl', `{"process": 0, "type": "done"}\n${well}`, 'file:1: type is "done", not'],
    ['elle-cli-json', `[{"f": nil},\n${well}]`, 'file:1: is not JSON: {"f": nil}'],
    ['elle-cli-json', `[{"a": "b\n${well}]`, 'file:1: is not JSON: {"a": "b'],
    ['edn', `{:process 0 :type [}\n${ednWell}`, 'file:1: a } closes nothing'],
    ['edn', `[{:process 0 :type "ok}\n${ednWell}]`, 'file:1: the text that begins on line 1'],
    ['edn', `[{:process 0 :type :ok\n${ednWell}]`, 'file:1: no end of it is found: file:4: a ]'],
    ['edn', `{:process 0 :type :done}\n${ednWell}`, 'file:1: type is "done", not'],
    ['porcupine-kv', `{:process 0\n${ednWell.replaceAll('read', 'get :key 1')}`, 'file:1: the }'],
  ])('of %s is named, and the rest is read: %j', (form, text, sentence) => {
    const history = read(text, {}, form);
    expect(history.problems).toMatchObject({ count: 1, misleading: 1 });
    expect(history.problems.first[0]).toContain(sentence);
    expect(history.entries).toHaveLength(2);
    expect(history.lineOf(1)).toBe(3);
    expect(() => read(text, { strict: true }, form)).toThrowError(
      expect.objectContaining({ code: 'data', message: history.problems.first[0] }),
    );
  });

  test('for its depth has nothing to do with how deep the others are', () => {
    const lists = ednWell.replaceAll('read', 'put :key 1 :value [1]').replace(' :value 1}', '}');
    const { problems } = read(`{:value ${'['.repeat(201)}\n${lists}`, {}, 'porcupine-kv');
    expect(problems.first).toEqual(['file:1: values are nested more than 200 deep']);
  });

  test('of a log is named between lines that are right', () => {
    const words = (text: string) => `INFO  jepsen.util - ${text}\n`;
    const text = words('0\t:invoke\t:read\tnil') + words('0\t:okay\t:read\t1');
    const history = read(text, {}, 'jepsen-log');
    expect(history.problems.first).toEqual([
      expect.stringContaining('file:2: is no line') as string,
    ]);
    expect(history.entries).toHaveLength(1);
  });

  test('of a run of dsp leaves the places of the others as they are in memory', () => {
    const entry = { timeNs: 0, process: 0, f: 'read', value: null };
    const text =
      encodeHeader({ format: 'dsp-history', version: 1, originNs: 0, startedAt: '' }) +
      encodeEntry({ ...entry, index: 0, type: 'invoke' }) +
      'torn in the middle\n' +
      encodeEntry({ ...entry, index: 2, type: 'ok' }) +
      encodeEntry({ ...entry, index: 7, type: 'invoke' });
    const { entries, problems } = read(text);
    expect(entries.map(({ index, type }) => [index, type])).toEqual([
      [0, 'invoke'],
      [1, 'ok'],
      [2, 'invoke'],
    ]);
    expect(problems.first).toEqual([
      'file:3: is not JSON: torn in the middle',
      'file:5: index is 7 where 3 is due',
    ]);
  });

  test.each<FormatName>(['jsonl', 'edn'])('of %s is counted once', (form) => {
    const wrong = form === 'edn' ? '{:type :no}\n' : '{"type":"no"}\n';
    expect(() => read(wrong.repeat(1100), {}, form)).toThrowError(
      expect.objectContaining({
        message: 'file:1001: type is "no", not invoke, ok, fail or info; so are 1000 before it',
      }),
    );
  });

  test('after a thousand of them the file is given up', () => {
    expect(() => read(`${well}${'{no\n'.repeat(1100)}`)).toThrowError(
      expect.objectContaining({
        code: 'data',
        message: 'file:1003: is not JSON: {no; so are 1000 before it',
      }),
    );
  });
});

test('whatever the operations are, checkers get a history that is well formed', () => {
  const words = fc.tuple(
    fc.nat({ max: 3 }),
    fc.constantFrom<Entry['type']>('invoke', 'ok', 'fail', 'info'),
    fc.constantFrom('read', 'write'),
    fc.constantFrom<unknown>(null, 1, ['k', null], ['k', 1], ['l', 1], [['append', 1, 1]]),
  );
  const independent = fc.constantFrom('auto', 'yes', 'no' as const);
  fc.assert(
    fc.property(fc.array(words), independent, (operations, choice) => {
      const { entries } = read(json(operations), { independent: choice });
      expect(pair(entries).problems).toEqual([]);
      expect(entries.every(({ index, timeNs }, i) => index === i && timeNs === i)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
