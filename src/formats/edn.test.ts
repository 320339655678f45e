import { parseEDNString } from 'edn-data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readValue } from './edn.ts';
import type { EdnValue } from './edn.ts';
import { scanOf } from './edn-tokens.ts';

const read = (text: string): EdnValue => readValue(scanOf(text, 'file'));

/** Values as EDN writes them; what differs between EDN and JSON is tested by name below. */
const values = fc.letrec<{ value: EdnValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<EdnValue>(null, true, false, 0, 1, -7, 2.5, '', 'text', 'line\nbreak "and" \\'),
    fc.array(tie('value')),
    fc.dictionary(fc.constantFrom('a', 'b', 'type'), tie('value')),
  ),
})).value;

const written = (value: EdnValue): string => {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return `[${value.map(written).join(' ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, each]) => `:${key} ${written(each)}`)
      .join(', ')}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
};

describe('the EDN reader', () => {
  test('reads what was written', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(read(written(value))).toEqual(value);
      }),
    );
  });

  test('agrees with the library edn-data on what that can read', () => {
    fc.assert(
      fc.property(values, (value) => {
        const theirs: unknown = parseEDNString(written(value), {
          mapAs: 'object',
          keywordAs: 'string',
        });
        expect(read(written(value))).toEqual(theirs);
      }),
    );
  });

  test.each<[string, EdnValue]>([
    [':keyword', 'keyword'],
    [':name/space', 'name/space'],
    ['symbol', 'symbol'],
    ['(1 2)', [1, 2]],
    ['#{1 2}', [1, 2]],
    ['#inst "2026-01-01"', '2026-01-01'],
    ['#jepsen.history.Op{:type :ok}', { type: 'ok' }],
    ['\\a', 'a'],
    ['\\newline', '\n'],
    ['\\u0041', 'A'],
    ['"\\u0041\\t"', 'A\t'],
    ['12N', 12],
    ['1.5M', 1.5],
    ['1e3', 1000],
    ['+5', 5],
    ['; comment\n 5', 5],
    ['#_ignored 5', 5],
    ['#_ #_ both these 5', 5],
    ['[1 #_2 3 #_4]', [1, 3]],
    ['{1 2, [3] 4}', { '1': 2, '[3]': 4 }],
    ['-0', 0],
    ['1/3', '1/3'],
    ['[##NaN 1]', ['##NaN', 1]],
    ['#uuid "a"', 'a'],
    ['\\formfeed', '\f'],
    ['\\😀', '😀'],
    ['1e999', '1e999'],
    ['#{:b 10 :a 9}', ['a', 'b', 9, 10]],
    ['{:b 1 :a 2}', { a: 2, b: 1 }],
    ['{:__proto__ 1 nil 2}', { ['__proto__']: 1, null: 2 }],
    ['[1\u000b2 a\u00a0b]', [1, 2, 'a\u00a0b']],
  ])('%s', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test('sets and maps that are equal are read the same', () => {
    expect(JSON.stringify(read('{:b #{3 20} :a 1}'))).toBe(
      JSON.stringify(read('{:a 1 :b #{20 3}}')),
    );
  });

  test('whole numbers beyond what a number holds exactly stay apart', () => {
    expect(read('9007199254740993')).toBe('9007199254740993');
    expect(read('9007199254740991')).toBe(9_007_199_254_740_991);
    expect(read('-123456789012345678901234567890N')).toBe('-123456789012345678901234567890');
  });

  test.each([
    ['[1\n2', 'file:2: the ] for line 1 is missing'],
    ['{:a\n1', 'file:2: the } for line 1 is missing'],
    ['\n[1 2)', 'file:2: a ) closes nothing'],
    [']', 'file:1: a ] closes nothing'],
    ['{:a}', 'file:1: the map of line 1 has a key without a value'],
    ['\n"text', 'file:2: the text that begins on line 2 has no end'],
    ['"\\q"', 'file:1: \\q is no escape in a text'],
    ['1x', 'file:1: 1x is not a number'],
    ['1/x', 'file:1: 1/x is not a number'],
    ['010', 'file:1: 010 is not a number'],
    ['.5', 'file:1: .5 is not a number'],
    ['\\abc', 'file:1: \\abc is no character'],
    ['\\u12', 'file:1: \\u12 is no character'],
    ['{:a 1 "a" 2}', 'file:1: the map of line 1 has the key a twice'],
    ['#{1 2 1}', 'file:1: the set of line 1 has 1 twice'],
    [':', 'file:1: a keyword has no name'],
    ['# 5', 'file:1: # is followed by nothing that it can mean'],
    ['#tag', 'file:1: the text ends where a value is due'],
    ['', 'file:1: the text ends where a value is due'],
    ['\\', 'file:1: a character is missing after \\'],
    ['['.repeat(1000), 'file:1: values are nested more than 200 deep'],
    ['#_'.repeat(1000), 'file:1: values are nested more than 200 deep'],
    ['#t '.repeat(1000), 'file:1: values are nested more than 200 deep'],
  ])('%j is refused by its line', (text, sentence) => {
    expect(() => read(text)).toThrowError(
      expect.objectContaining({ code: 'data', message: sentence }),
    );
  });
});
