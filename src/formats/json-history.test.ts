/** JSON of other tools: elle-cli's arrays, and an object a line. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectFormat } from './detect.ts';
import { historyBuilder } from './history-builder.ts';
import { piecesOfText } from './pieces.ts';
import { parseHistory } from './read-history.ts';
import { formats } from './registry.ts';

const operations = [
  {
    index: 0,
    process: 1,
    type: 'invoke',
    value: [
      ['append', 253, 1],
      ['r', 255, null],
    ],
  },
  {
    index: 1,
    process: 1,
    type: 'ok',
    value: [
      ['append', 253, 1],
      ['r', 255, [2, 3]],
    ],
  },
  { index: 2, process: 'nemesis', type: 'info', f: 'pause', value: 'all', time: 14147109210 },
];
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapBytes = (): number => {
  // The text that an expression was last found in is held by V8.
  expect(/\d/.test('1')).toBe(true);
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const read = (text: string) => parseHistory(text, 'file', 'auto', { strict: true });

describe('operations in JSON', () => {
  test.each([
    ['an array on one line', JSON.stringify(operations), 'elle-cli-json'],
    ['an array over many lines', JSON.stringify(operations, undefined, 2), 'elle-cli-json'],
    ['an object a line', operations.map((each) => `${JSON.stringify(each)}\n`).join(''), 'jsonl'],
  ])('are read from %s', (_, text, form) => {
    expect(detectFormat(text, 'file')).toBe(form);
    expect(read(text).entries).toEqual([
      { index: 0, timeNs: 0, process: 1, type: 'invoke', f: 'txn', value: operations[0]!.value },
      { index: 1, timeNs: 1, process: 1, type: 'ok', f: 'txn', value: operations[1]!.value },
      { index: 2, timeNs: 2, process: 'nemesis:nemesis', type: 'info', f: 'pause', value: 'all' },
    ]);
  });

  test('EDN with texts as keys is EDN', () => {
    expect(detectFormat('[{"type" :ok}]', 'file')).toBe('edn');
  });

  test('keywords that kept their colons are names', () => {
    expect(read('{"type":":invoke","f":":read","process":":nemesis"}').entries).toMatchObject([
      { type: 'invoke', f: 'read', process: 'nemesis:nemesis' },
    ]);
  });

  test('whole numbers beyond what a number holds exactly stay apart', () => {
    const value = (digits: string) =>
      `{"type":"invoke","f":"write","process":0,"value":[${digits}]}`;
    const only = (digits: string) => read(value(digits)).entries[0]!.value;
    expect(only('9007199254740993')).toEqual(['9007199254740993']);
    expect(only('9007199254740992,1')).toEqual(['9007199254740992', 1]);
    expect(only('9007199254740991,1e300,-5')).toEqual([9_007_199_254_740_991, 1e300, -5]);
  });

  test('objects that are equal are read the same, numbers that are too large for one stay apart', () => {
    const only = (json: string) =>
      JSON.stringify(read(`{"type":"invoke","f":"write","value":${json}}`).entries[0]!.value);
    expect(only('{"b":[{"d":1,"c":2}],"a":3}')).toBe(only('{"a":3,"b":[{"c":2,"d":1}]}'));
    expect(only('{"10":1,"9":2}')).toBe('{"9":2,"10":1}');
    expect(only('[1e999,-1e999]')).toBe('["1e999","-1e999"]');
  });

  test.each([
    ['[{"type":"invoke"}', 'file:1: the ] for line 1 is missing'],
    ['[{"type":"invoke"}]\n5', 'file:2: there is more after the end of the history'],
    ['[{"type":"invoke"},\n; {}\n]', 'file:2: is "; {}" where'],
    ['[{"type":"invoke"},\n[]]', 'file:2: is "[]]" where the object of an operation is due'],
    [`[{"type":${'['.repeat(300)}${']'.repeat(300)}}]`, 'file:1: values are nested'],
  ])('%j is refused by its line', (text, sentence) => {
    expect(() => parseHistory(text, 'file', 'elle-cli-json', { strict: true })).toThrowError(
      expect.objectContaining({
        code: 'data',
        message: expect.stringContaining(sentence) as string,
      }),
    );
  });
});

test('a text that is read again has the same lines', () => {
  const text = JSON.stringify(operations.toReversed(), undefined, 1).replaceAll('255', '0.5');
  const lines = () => {
    const { entries, lineOf } = parseHistory(text, 'file');
    return entries.map(({ index }) => lineOf(index));
  };
  expect(lines()).toEqual(lines());
});

test('nothing is held of a text that was read', () => {
  const line = `{"process":"nemesis","type":"info","f":"x","value":"${'é'.repeat(50)}"}\n`;
  const before = heapBytes();
  parseHistory(`{"type":\n${line.repeat(2e5)}`, 'file', 'jsonl');
  expect(heapBytes() - before).toBeLessThan(2 ** 22);
});

test('it makes no difference in which pieces a text comes', () => {
  const edn =
    '[#op {:type :invoke, :f :w, :value "a;b"} ; c\n {:type :ok :f :w :value [1 (2 "é")]}]\n';
  const broken = '{:type :invoke :f [}\n{:type :invoke :f :read}\n{:f';
  const log = 'INFO  jepsen.util - 1\t:invoke\t:read\tnil\nINFO  jepsen.util - 1\t:ok\t:read\t5';
  const texts = fc.constantFrom<[string, keyof typeof formats]>(
    [JSON.stringify(operations, undefined, 1), 'elle-cli-json'],
    [operations.map((each) => JSON.stringify(each)).join('\n'), 'jsonl'],
    [edn, 'edn'],
    [broken, 'edn'],
    ['{:type :invoke, :f :r} #_gone\n\n{:type :ok, :f', 'edn'],
    [log, 'jepsen-log'],
  );
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 50 }), ([text, form], size) => {
      const readIn = (charactersMax: number) => {
        const builder = historyBuilder('file', { strict: false, independent: 'auto' });
        formats[form].read(piecesOfText(text, charactersMax), builder);
        const { entries, problems, lineOf } = builder.finish();
        return { entries, problems, lines: entries.map(({ index }) => lineOf(index)) };
      };
      expect(readIn(size)).toEqual(readIn(text.length));
    }),
    { numRuns: 500 },
  );
});
