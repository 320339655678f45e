/** The quick reader of plain records, held against the whole readers of JSON and EDN. */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DspError } from '../core/errors.ts';
import { beginList, HistoryTooLarge, noLists } from '../core/history/lists.ts';
import { numbering } from '../core/numbering.ts';
import { readValue } from './edn.ts';
import { scanOf } from './edn-tokens.ts';
import { operationOf, rawOperation } from './foreign.ts';
import { dropLists, plainRecord } from './plain-record.ts';
import type { PlainRecord, Syntax } from './plain-record.ts';
import { wordsIn } from './words.ts';
import { readPlainRecord } from './read-plain-record.ts';

const text = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom('\n', '"', '\\', 'é', 'a long text that nobody will write twice'),
);
const small = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constant(-0),
  text,
);
const value = fc.oneof(
  small,
  fc.array(fc.oneof(small, fc.array(small, { maxLength: 3 })), { maxLength: 3 }),
  fc.json().map((json): unknown => JSON.parse(json)),
);
const records = fc.record(
  {
    index: fc.nat(),
    timeNs: fc.nat({ max: 2 ** 50 }),
    process: fc.oneof(fc.nat(), fc.constant('phase'), fc.integer()),
    type: fc.constantFrom('invoke', 'ok', 'fail', 'info', 'done', 'okay', 7),
    f: fc.constantFrom('read', 'compare-and-set', 'a"b'),
    key: small,
    value,
    error: fc.constant('timeout'),
    node: fc.constant('n1'),
    time: value,
    types: value,
  },
  { requiredKeys: ['type'] },
);

const edn = (each: unknown): string => {
  if (each === null) return 'nil';
  if (Array.isArray(each)) return `[${each.map(edn).join(' ')}]`;
  if (typeof each === 'object') return ednRecord(each, ' ');
  return JSON.stringify(each);
};
const ednRecord = (record: object, separator: string): string =>
  `{${Object.entries(record)
    .map(([name, each]) => `:${name.replace(/^$|[^a-z]/g, 'x')} ${edn(each)}`)
    .join(separator)}}`;
const keywords = (written: string): string => written.replaceAll(/"([a-z-]+)"/g, ':$1');

const writers: Record<Syntax, fc.Arbitrary<(record: object) => string>> = {
  json: fc.constantFrom(
    (record) => JSON.stringify(record),
    (record) => JSON.stringify(record).replaceAll(/([,:])"/g, '$1 "'),
  ),
  edn: fc.constantFrom(
    (record) => ednRecord(record, ', '),
    (record) => keywords(ednRecord(record, ', ')),
    (record) => keywords(ednRecord(record, ' \t')),
  ),
};

/** What the whole reader makes of a text that is one record; undefined for any other. */
const whole: Record<Syntax, (written: string) => Record<string, unknown> | undefined> = {
  json(written) {
    try {
      return JSON.parse(written) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  },
  edn(written) {
    try {
      const scan = scanOf(written, 'file');
      const read = readValue(scan);
      return scan.at === written.length ? (read as Record<string, unknown>) : undefined;
    } catch (thrown) {
      if (thrown instanceof DspError) return undefined;
      throw thrown;
    }
  },
};

/** They serve for all, as in a file. */
const reader = (syntax: Syntax): PlainRecord =>
  plainRecord(syntax, wordsIn(numbering()), noLists(0));
const readers: Record<Syntax, PlainRecord> = { json: reader('json'), edn: reader('edn') };

/** Whether it was read. */
function agrees(written: string, syntax: Syntax, record = readers[syntax]): boolean {
  const operation = rawOperation();
  const scan = scanOf(written, 'file');
  const isRead = readPlainRecord(scan, record);
  if (!isRead) {
    expect(scan.at).toBe(0);
    return false;
  }
  operationOf(record, operation);
  const read = whole[syntax](written.slice(0, scan.at));
  expect(read, written).toBeDefined();
  const names = Object.keys(operation) as (keyof typeof operation)[];
  for (const name of names) expect(operation[name], `${name} of ${written}`).toEqual(read![name]);
  return true;
}

const marks = '0 1 - .5 e3 N " \\ , ] [ } { ( ) null nil : ; # #_ {} type'.split(' ');

describe.each(['json', 'edn'] as const)('in %s', (syntax) => {
  const written = fc.tuple(records, writers[syntax]).map(([record, write]) => write(record));

  test('whatever the record is, it reads the same as the whole reader or nothing', () => {
    fc.assert(
      fc.property(written, (each) => void agrees(each, syntax)),
      { numRuns: 3000 },
    );
  });

  test('whatever is changed in it, it reads the same or nothing', () => {
    const pieces = fc.constantFrom('', ' ', '\n', '\uFEFF', ':type :ok ', ...marks);
    fc.assert(
      fc.property(written, fc.nat(), fc.nat({ max: 3 }), pieces, (each, place, cut, piece) => {
        const from = place % each.length;
        agrees(each.slice(0, from) + piece + each.slice(from + cut), syntax);
      }),
      { numRuns: 8000 },
    );
  });

  test('whatever was read before, the same', () => {
    const pieces = fc.constantFrom('', ' ', '\t', '"', ':type :ok ', ', "type":"ok"', ...marks);
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), pieces), { maxLength: 12 });
    fc.assert(
      fc.property(written, changes, (first, all) => {
        const record = reader(syntax);
        agrees(first, syntax, record);
        for (const [place, cut, piece] of all) {
          const from = place % first.length;
          agrees(first.slice(0, from) + piece + first.slice(from + cut), syntax, record);
          agrees(first, syntax, record);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('it reads what files mostly hold', () => {
  const own = '{"index":7,"timeNs":5216095783,"process":12,"type":"ok","f":"cas","key":"k",';
  const read = [
    [`${own}"value":[null,3]}`, 'json'],
    [`${own}"value":-3,"node":"n1"}`, 'json'],
    ['{"type": "ok", "f": "txn", "value": [["r", 5, [1, 2]], ["append", 5, 3]]}', 'json'],
    ['{:process 0, :type :invoke, :f :get, :key "0", :value nil}', 'edn'],
    ['{:type :ok :f :read :value [7 [1 2]] :time 3123123123123 :index 3 :error :timeout}', 'edn'],
  ] as const;
  for (const [line, syntax] of read) expect(agrees(line, syntax), line).toBe(true);
});

test('it leaves alone what needs more than a look', () => {
  const left = [
    ['{}', 'json'],
    ['{"type":"ok",}', 'json'],
    ['{"type":"ok" "f":"read"}', 'json'],
    ['{"value":[1,]}', 'json'],
    ['{"value":[1 2]}', 'json'],
    ['{"value":[01]}', 'json'],
    ['{"value":[1,00]}', 'json'],
    ['{"value":[1]2]}', 'json'],
    ['{"value":[[1]2]]}', 'json'],
    ['{"value":1.5}', 'json'],
    ['{"value":9007199254740993}', 'json'],
    ['{"value":{"a":1}}', 'json'],
    ['{"value":"\\n"}', 'json'],
    ['{"value":1,"value":2}', 'json'],
    ['{:value 1 :value 2}', 'edn'],
    ['{:value [01]}', 'edn'],
    ['{:value [1]2]}', 'edn'],
    ['{:value [[1]2]]}', 'edn'],
    ['{:value #{1}}', 'edn'],
    ['{:value}', 'edn'],
    ['{:value 1\n:type :ok}', 'edn'],
    ['{:value 01}', 'edn'],
    ['{:value 3:type :ok}', 'edn'],
  ] as const;
  for (const [line, syntax] of left) expect(agrees(line, syntax), line).toBe(false);
});

test('nothing is kept of what is passed over', () => {
  const record = reader('json');
  const said = (other: string) => `{"type":"ok","id":${other},"f":"read","links":[${other},[9]]}`;
  for (const other of ['7', '"a"', '-7', `"${'b'.repeat(99)}"`, '["c",[8]]']) {
    expect(agrees(said(other), 'json', record)).toBe(true);
    expect(record.known.numbering.values).toEqual([null, true, false, 'ok', 'read']);
  }
});

test('a number of as many digits as small ones have need not be small', () => {
  const record = reader('json');
  expect(agrees('{"value":[16777215,16777216,99999999]}', 'json', record)).toBe(true);
  expect(record.known.numbering.small.length).toBe(2 ** 24);
});

test('nothing is left of the lists of the record before, be it read or not', () => {
  const record = reader('json');
  const begin = beginList();
  const lengths = ['[2,[1],3]', '[[1],[2,[3,0.5]]]', '[2,[1],3]'].map((value) => {
    agrees(`{"type":"ok","value":${value}}`, 'json', record);
    const { length } = record.lists;
    dropLists(record);
    return length - record.lists.length;
  });
  expect(lengths).toEqual([6, 0, 6]);
  expect(beginList()).toBe(begin);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('of a record whose lists have no room nothing is left', () => {
  const record = plainRecord('json', wordsIn(numbering()), noLists(0, 4));
  const [begin, { length }] = [beginList(), record.lists];
  expect(() => agrees('{"value":[[1],[2,[3,4,5]]]}', 'json', record)).toThrowError(HistoryTooLarge);
  expect(record.lists.length).toBe(length);
  expect(beginList()).toBe(begin);
});

test('the reader holds nothing of a history that it gave up', async () => {
  const held = (() => {
    const record = plainRecord('json', wordsIn(numbering()), noLists(0, 4));
    expect(() => agrees('{"value":[1,2,3,4,5]}', 'json', record)).toThrowError(HistoryTooLarge);
    return [new WeakRef(record.lists), new WeakRef(record.known)];
  })();
  await setImmediate();
  collectGarbage();
  expect(held.map((each) => each.deref())).toEqual([undefined, undefined]);
});

test('what records went on as before is no reason to go on so where it is wrong', () => {
  const again = [
    // A field once more, where another record has it for the first time.
    ['{:value 1 :type :ok}', '{:type :ok :value 1}', '{:type :ok :value 1 :type :ok}'],
    // A name that begins as another, which was written without a space behind it.
    ['{:value[1] :type :ok}', '{:value5 :type :ok}'],
  ];
  for (const lines of again) {
    const record = reader('edn');
    for (const line of lines) agrees(line, 'edn', record);
  }
});
