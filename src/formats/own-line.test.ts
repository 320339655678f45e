/** The quick reader of dsp's own lines, held against `JSON.parse`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOwnLine } from './own-line.ts';

const small = fc.oneof(
  fc.constant(null),
  fc.nat(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.string({ maxLength: 4 }),
  fc.constantFrom('\n', '"', '\\', 'é'),
);
const value = fc.oneof(
  small,
  fc.array(small, { maxLength: 3 }),
  fc.json().map((text): unknown => JSON.parse(text)),
);
const entries = fc.record(
  {
    index: fc.nat(),
    timeNs: fc.nat({ max: 2 ** 50 }),
    process: fc.oneof(fc.nat(), fc.constant('phase'), fc.integer()),
    type: fc.constantFrom('invoke', 'ok', 'fail', 'info', 'done'),
    f: fc.constantFrom('read', 'compare-and-set', 'a"b'),
    key: small,
    value,
    error: fc.constant('timeout'),
    node: fc.constant('n1'),
  },
  { requiredKeys: ['index', 'timeNs', 'process', 'type', 'f', 'value'] },
);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const agrees = (text: string): void => {
  const entry = readOwnLine(text);
  if (entry !== undefined) expect(entry).toEqual(parsed(text));
};

test('it reads what dsp writes', () => {
  const entry = {
    index: 7,
    timeNs: 5_216_095_783,
    process: 12,
    type: 'ok',
    f: 'cas',
    key: 'k',
    value: [null, 3],
  };
  expect(readOwnLine(JSON.stringify(entry))).toEqual(entry);
  expect(readOwnLine(JSON.stringify({ ...entry, node: 'n1' }))).toEqual({ ...entry, node: 'n1' });
  expect(readOwnLine(`${JSON.stringify(entry)} `)).toBe(undefined);
});

test('whatever the entry is, it reads the same as JSON or nothing', () => {
  fc.assert(
    fc.property(entries, (entry) => agrees(JSON.stringify(entry))),
    { numRuns: 2000 },
  );
});

test('whatever is changed in a line, it reads the same as JSON or nothing', () => {
  const pieces = fc.constantFrom(
    '',
    '0',
    '1',
    '-',
    '.5',
    'e3',
    '"',
    '\\',
    ',',
    ']',
    '}',
    '{',
    'null',
    ' ',
    '\n',
  );
  fc.assert(
    fc.property(entries, fc.nat(), fc.nat({ max: 3 }), pieces, (entry, place, cut, piece) => {
      const text = JSON.stringify(entry);
      const from = place % text.length;
      agrees(text.slice(0, from) + piece + text.slice(from + cut));
    }),
    { numRuns: 5000 },
  );
});
