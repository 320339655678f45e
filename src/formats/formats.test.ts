import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { Entry } from '../core/history/entry.ts';
import { pair } from '../core/history/operation.ts';
import { detectFormat } from './detect.ts';
import { formatChoice, formatChoices, parseHistory, readHistoryFile } from './read-history.ts';
import type { FormatName } from './registry.ts';

const root = fileURLToPath(new URL('../../test/fixtures/histories', import.meta.url));
const recorded = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(log|txt|edn)$/.test(path),
);

const formOf = (path: string): FormatName =>
  path.endsWith('.log') ? 'jepsen-log' : path.endsWith('.txt') ? 'porcupine-kv' : 'edn';

const own: string =
  encodeHeader({ format: 'dsp-history', version: 1, originNs: 0, startedAt: '' }) +
  encodeEntry({ index: 0, timeNs: 0, process: 0, type: 'invoke', f: 'write', value: 1 });

describe('recorded histories', () => {
  test('there are some of each foreign form', () => {
    expect(new Set(recorded.map(formOf)).size).toBe(3);
    expect(recorded.length).toBe(52 + 4 + 15 + 1);
  });

  test.each(recorded)('%s is recognised and read', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(detectFormat(text, path)).toBe(formOf(path));
    const { entries, torn } = parseHistory(text, path, 'auto');
    expect(torn).toBe(false);
    expect(entries.length).toBeGreaterThan(7);
    expect(entries.every(({ index, timeNs }, i) => index === i && timeNs === i)).toBe(true);
    expect(pair(entries).problems).toEqual([]);
  });
});

const readAs = (form: FormatName, text: string): readonly Partial<Entry>[] =>
  parseHistory(text, 'file', form, { strict: true }).entries;

describe('a Jepsen log', () => {
  const line = (words: string) => `INFO  jepsen.util - ${words}\n`;
  /** A completion, after the invocation that it needs. */
  const completed = (f: string, words: string) =>
    readAs('jepsen-log', line(`3\t:invoke\t:${f}\tnil`) + line(words))[1];

  test('gives process, type, function and value', () => {
    expect(readAs('jepsen-log', line('3\t:invoke\t:cas\t[3 0]'))).toEqual([
      { index: 0, timeNs: 0, process: 3, type: 'invoke', f: 'cas', value: [3, 0] },
    ]);
    expect(completed('read', '3\t:ok\t:read\tnil')).toMatchObject({ type: 'ok', value: null });
  });

  test('a keyword in the place of a value is the reason', () => {
    expect(completed('write', '3\t:info\t:write\t:timed-out')).toMatchObject({
      type: 'info',
      value: null,
      error: 'timed-out',
    });
    expect(completed('write', '3\t:fail\t:write\t4\t[:not-leader "n1"]')).toMatchObject({
      type: 'fail',
      value: 4,
      error: '["not-leader","n1"]',
    });
  });

  test('a value that looks like one is a value', () => {
    const quoted = '"jepsen.util - 4 :ok :read 1"';
    expect(readAs('jepsen-log', line(`3\t:invoke\t:write\t${quoted}`))).toMatchObject([
      { process: 3, type: 'invoke', f: 'write', value: JSON.parse(quoted) as string },
    ]);
  });

  test('a keyword that was written or read is a value', () => {
    expect(readAs('jepsen-log', line('3\t:invoke\t:write\t:a'))).toMatchObject([{ value: 'a' }]);
    expect(completed('read', '3\t:ok\t:read\t:b')).toMatchObject({ type: 'ok', value: 'b' });
    expect(completed('read', '3\t:ok\t:read\t:b')).not.toHaveProperty('error');
  });

  test('the nemesis is no client, and other loggers are passed over', () => {
    const others =
      'WARN  jepsen.core - Process 3 crashed\n2026-01-01 12:00 INFO [worker 1] jepsen.db - up\n';
    const text = others + line(':nemesis\t:info\t:start\tnil') + line('0\t:invoke\t:read\tnil');
    expect(readAs('jepsen-log', text)).toMatchObject([
      { process: 'nemesis:nemesis', f: 'start' },
      { process: 0 },
    ]);
  });

  test('has a colon in newer versions, and results that take many lines', () => {
    const at = '2026-01-01 12:00:00,001{GMT}\tINFO\t[jepsen worker 3] ';
    const newer = `${at}jepsen.util: 3\t:invoke\t:write\t[9 3]\n${at}jepsen.util: 3\t:info\t:write\t[9 3]\t:timeout\n`;
    const results = `${at}jepsen.core: {:valid? true,\n :last {:type :ok, :f :read}}\njava.io.IOException\n\tat x.y.Z\n`;
    expect(detectFormat(results + newer, 'file')).toBe('jepsen-log');
    expect(readAs('jepsen-log', results + newer + results)).toMatchObject([
      { process: 3, type: 'invoke', f: 'write', value: [9, 3] },
      { process: 3, type: 'info', f: 'write', error: 'timeout' },
    ]);
    const torn = `${newer}and more of it\n`;
    expect(() => readAs('jepsen-log', torn)).toThrowError(/file:3: is no line of a Jepsen log/);
    for (const hidden of ['3\t:ok\t:write\t1', `${at}jepsen.util: 3\t:okay\t:write\t1`])
      expect(() => readAs('jepsen-log', `${results}${hidden}\n`)).toThrowError(
        /file:5: is no line/,
      );
  });

  test.each([
    ['0\t:perhaps\t:read\tnil', 'file:2: is no line of a Jepsen log'],
    ['0\t:ok\t:read\t[1', 'file:2: the ] for line 2 is missing'],
    ['0\t:ok\t:read\t1 2 3', 'file:2: has more than a value and an error'],
  ])('%j is refused by its line', (words, sentence) => {
    expect(() => readAs('jepsen-log', line('0\t:invoke\t:read\tnil') + line(words))).toThrowError(
      expect.objectContaining({
        code: 'data',
        message: expect.stringContaining(sentence) as string,
      }),
    );
  });

  test('a line that no logger writes is refused', () => {
    expect(() => readAs('jepsen-log', 'and so on\n')).toThrowError(/file:1: is no line/);
  });
});

describe('EDN', () => {
  const asked = '{:type :invoke, :process 3, :f :write, :value 4}';
  const done = '{:index 7, :time 12.5, :type :ok, :process 3, :f :write, :value 4, :node "n1"}';

  test.each([
    ['a vector', `[${asked}\n ${done}]`],
    ['a list', `(${asked} ; as Knossos has it\n ${done})`],
    ['a map a line', `${asked}\n${done}\n`],
    ['tagged maps', `#jepsen.history.Op ${asked}\n#jepsen.history.Op${done}`],
    ['maps of texts', `{"type" "invoke" "process" 3 "f" "write" "value" 4} ${done}`],
  ])('%s is read', (_, text) => {
    const entry = { process: 3, type: 'invoke', f: 'write', value: 4 };
    expect(readAs('edn', text)).toMatchObject([entry, { ...entry, type: 'ok', index: 1 }]);
  });

  test('a transaction without function and process is one of one client', () => {
    expect(readAs('edn', '{:type :invoke :value [[:append 1 2] [:r 3 nil]]}')).toMatchObject([
      {
        process: 0,
        f: 'txn',
        value: [
          ['append', 1, 2],
          ['r', 3, null],
        ],
      },
    ]);
  });

  test('errors and keys are kept', () => {
    const fields = ':process 1 :f :r :key :x';
    const text = `{:type :invoke ${fields}} {:type :fail ${fields} :error [:no 1]}`;
    expect(readAs('edn', text)).toMatchObject([{ key: 'x' }, { key: 'x', error: '["no",1]' }]);
  });

  test.each([
    ['[{:type :invoke}\n {:type :maybe}]', 'file:2: type is "maybe"'],
    ['[{:type :invoke}\n 5]', 'file:2: is 5 where the map of an operation is due'],
    ['[{:type :invoke}\n', 'file:2: the ] for line 1 is missing'],
    ['[{:type :invoke}]\n{}', 'file:2: there is more after the end of the history'],
    ['{:type :invoke :process 1.5}', 'file:1: process is 1.5'],
    ['{:type :invoke :process "3"}', 'file:1: process is "3", neither a whole number nor a name'],
    ['{:type :invoke :process 9007199254740993}', 'file:1: process is "9007199254740993", neither'],
    ['{:type :invoke :process :alice}', 'file:1: process is "alice" of type invoke: clients are'],
    ['{:type :invoke :index 4}\n{:type :ok :index 3}', 'file:2: index is 3, after 4'],
    ['{:type :invoke :type :ok}', 'file:1: the map of an operation has type twice'],
    ['{:type :invoke :f [1]}', 'file:1: f is [1], not a name'],
    ['{:type :invoke :key {}}', 'file:1: key is {}'],
  ])('%j is refused by its line', (text, sentence) => {
    expect(() => readAs('edn', text)).toThrowError(
      expect.objectContaining({
        code: 'data',
        message: expect.stringContaining(sentence) as string,
      }),
    );
  });
});

describe('a key-value log', () => {
  test('gives keys', () => {
    const text = '{:process 0, :type :invoke, :f :get, :key "7", :value ""}\n';
    expect(readAs('porcupine-kv', text)).toMatchObject([{ f: 'get', key: '7', value: '' }]);
  });

  test.each([
    ['{:process 0, :type :ok, :f :get, :value ""}', 'file:1: has no :key'],
    ['{:process 0, :type :ok, :f :get, :key nil}', 'file:1: has no :key'],
    ['{:process 0, :type :ok, :f :gett, :key "1"}', 'file:1: gett is not a function'],
  ])('%j is refused', (text, sentence) => {
    expect(() => readAs('porcupine-kv', text)).toThrowError(sentence);
  });
});

describe('which form a text has', () => {
  test.each([
    ['ours', own, 'jsonl'],
    ['ours, torn in its header', own.slice(0, 40), 'jsonl'],
    ['a vector after a comment', '; recorded\n[{:type :invoke}]', 'edn'],
    [
      'a log after other loggers',
      'INFO jepsen.core - hi\nINFO  jepsen.util - 0\t:invoke\t:read\tnil',
      'jepsen-log',
    ],
  ])('%s', (_, text, form) => {
    expect(detectFormat(text, 'file')).toBe(form);
  });

  test.each(['# A heading', 'hello', '{\n "name": 1\n}', '<html>', '\u0000\u0001'])(
    '%j is none',
    (text) => {
      expect(() => detectFormat(text, 'file')).toThrowError(
        expect.objectContaining({ code: 'data', message: 'file: its form is not recognised' }),
      );
    },
  );

  test('an empty file is said to be empty', () => {
    expect(() => detectFormat(' \n', 'file')).toThrowError('file: is empty');
  });

  test('a format that is not known is refused with the nearest', () => {
    expect(() => formatChoice('jsnl')).toThrowError(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('jsonl') as string }),
    );
    expect(formatChoices.map(formatChoice)).toEqual(formatChoices);
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dsp-formats-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are read by their form', async () => {
    const path = join(folder, 'own.jsonl');
    await writeFile(path, own);
    expect(readHistoryFile(path).entries).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe(own);
  });

  test('the mark that an editor put before it makes no difference', () => {
    const [theirs, ours] = [`\uFEFF${own}`, own].map((text) => parseHistory(text, 'file'));
    expect(theirs!.entries).toEqual(ours!.entries);
    expect(theirs!.problems.count).toBe(0);
  });

  test('one that is missing is named with the one beside it', async () => {
    expect(() => readHistoryFile(join(folder, 'owm.jsonl'))).toThrowError(
      expect.objectContaining({
        code: 'data',
        message: expect.stringContaining('owm.jsonl: there is no such file') as string,
        hint: 'did you mean own.jsonl?',
      }),
    );
  });

  test('a folder is none', async () => {
    expect(() => readHistoryFile(folder)).toThrowError(/is a folder, not a history file/);
  });
});

describe('whatever is read', () => {
  /** Pieces of every form, so that random texts get past the first characters. */
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      ...'{}[]()#_;:,"\\ \n\t0'.split(''),
      '{:type :invoke ',
      ':process 0 ',
      ':f :read ',
      ':key 1 ',
    ),
    fc.constantFrom('INFO  jepsen.util - 0\t:invoke\t:read\tnil\n', '#{', ':value [1 2]}', own),
    fc.constantFrom('[{"type":"invoke",', '"process":0,', '"f":"read"},\n', '"value":[1,null]}'),
    fc.constantFrom(':nemesis', 'nil', '-1.5e3', '99999999999999999999N', ':timed-out', '\\u00'),
  );
  const choices = fc.constantFrom(...formatChoices);

  test('it is a history or a data error', () => {
    const options = fc.record({
      strict: fc.boolean(),
      independent: fc.constantFrom('auto', 'yes', 'no'),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), choices, options, (pieces, choice, how) => {
        try {
          const { entries } = parseHistory(pieces.join(''), 'file', choice, how);
          expect(entries.every(({ index }, i) => index === i)).toBe(true);
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'DspError', code: 'data' });
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('a recorded history with one character changed is a history or a data error', () => {
    const samples = [
      'etcd-jepsen/etcd_000.log',
      'kv/c01-ok.txt',
      'knossos/cas-register/bad/rethink-fail-minimal.edn',
    ];
    const jsonOf = (text: string) =>
      JSON.stringify(parseHistory(text, 'file').entries).replaceAll('},{', '},\n{');
    const recordedTexts = samples.map((path) => readFileSync(join(root, path), 'utf8'));
    const texts = [...recordedTexts, own, jsonOf(recordedTexts[0]!)];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.string({ maxLength: 3 }),
        (text, at, other) => {
          const place = at % text.length;
          const changed = text.slice(0, place) + other + text.slice(place + 1);
          try {
            expect(parseHistory(changed, 'file', 'auto').entries).toBeInstanceOf(Array);
          } catch (thrown) {
            expect(thrown).toMatchObject({ name: 'DspError', code: 'data' });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
