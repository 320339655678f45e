/** What is added by numbers is what would be added word by word. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operationOf, rawOperation } from './foreign.ts';
import { historyBuilder } from './history-builder.ts';
import type { HistoryBuilder } from './history-builder.ts';
import type { Independent } from './independent.ts';
import { piecesOfText } from './pieces.ts';
import { parseHistory } from './read-history.ts';
import { formats } from './registry.ts';
import type { FormatName } from './registry.ts';

/** One for which no record is plain enough. */
function slowly(builder: HistoryBuilder): HistoryBuilder {
  const operation = rawOperation();
  return {
    ...builder,
    takes: () => false,
    addPlain(record, line) {
      operationOf(record, operation);
      builder.addRaw(operation, line);
    },
  };
}

function everything(text: string, format: FormatName, independent: Independent, quickly: boolean) {
  const builder = historyBuilder('file', { strict: false, independent });
  try {
    const pieces = piecesOfText(text, 100);
    formats[format].read(pieces, quickly ? builder : slowly(builder));
  } catch (thrown) {
    return String(thrown);
  }
  const { entries, problems, lineOf, torn, columns } = builder.finish();
  return {
    entries,
    problems,
    torn,
    paired: columns.paired,
    lines: entries.map(({ index }) => lineOf(index)),
  };
}

const pair = fc.tuple(fc.constantFrom<unknown>(1, 'x'), fc.constantFrom<unknown>(null, 3, 'y'));
const values = fc.oneof(
  fc.constantFrom<unknown>(null, 1, 1, '1', true, 2.5, -0, 2 ** 40, 'é', 'a "b"', ':read'),
  pair,
  pair,
  fc.array(pair, { maxLength: 2 }),
);
const fields = {
  process: fc.constantFrom<unknown>(0, 0, 1, 2, -1, 'nemesis', 'phase', 'nemesis:kill', null),
  type: fc.constantFrom<unknown>('invoke', 'invoke', 'ok', 'ok', 'fail', 'info', ':ok', 'done'),
  f: fc.constantFrom<unknown>('get', 'get', 'put', ':get', '::get', 'read', 7),
};
const records = fc.array(
  fc.record(
    {
      ...fields,
      value: values,
      key: fc.constantFrom<unknown>(1, 1, '1', 'x', null, 0.5, 2 ** 30),
      error: fc.constantFrom<unknown>('timeout', null, ['conn', 'refused']),
      index: fc.constantFrom<unknown>(3, '4', 2.5, 2 ** 50),
      timeNs: fc.constantFrom<unknown>(5, 2 ** 45, 'late'),
      node: fc.constantFrom<unknown>('n1', 'n2', 7),
      time: fc.constantFrom<unknown>(9, 'noon'),
    },
    { requiredKeys: Object.keys(fields) as (keyof typeof fields)[] },
  ),
  { maxLength: 30 },
);
/** Operations that are almost all right, so that the quick way is gone for long, and left for one thing at a time. */
const nearlyRight = fc
  .array(
    fc.record({
      process: fc.nat({ max: 2 }),
      f: fc.constantFrom('get', 'put'),
      key: fc.constantFrom<unknown>(1, 'x', undefined),
      value: fc.constantFrom<unknown>(null, undefined, 1, 2, '1', [1, 2]),
      error: fc.constantFrom(undefined, undefined, 'timeout'),
      wrong: fc.constantFrom(...Array.from({ length: 12 }, () => 'nothing'), 'f', 'key', 'type'),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((said) => {
    const open = new Map<number, { f: string; key: unknown }>();
    return said.map(({ process, f, key, value, error, wrong }) => {
      const invoked = open.get(process);
      const isCompletion = (invoked !== undefined) !== (wrong === 'type');
      if (isCompletion) open.delete(process);
      else open.set(process, { f, key });
      return {
        process,
        type: isCompletion ? 'ok' : 'invoke',
        f: wrong === 'f' ? f : (invoked?.f ?? f),
        key: wrong === 'key' ? key : invoked === undefined ? key : invoked.key,
        value,
        error,
      };
    });
  });
/** Of objects in one history, as Jepsen writes them; one thing at most speaks against that. */
const wrongs = ['nothing', 'pair', 'read', 'key', 'beside', 'txn', 'length', 'lost'] as const;
const keyed = fc
  .record({
    said: fc.array(
      fc.record({
        process: fc.nat({ max: 2 }),
        f: fc.constantFrom('get', 'get', 'put'),
        key: fc.constantFrom<unknown>(1, 'x'),
        value: fc.constantFrom<unknown>(null, 1, 2, -1, '1', [1, 2]),
      }),
      { minLength: 20, maxLength: 60, size: 'max' },
    ),
    wrong: fc.constantFrom(...wrongs),
    when: fc.nat({ max: 60 }),
  })
  .map(({ said, wrong, when }) => {
    const open = new Map<number, { f: string; key: unknown }>();
    return said.map(({ process, f, key, value }, number) => {
      const isWrong = (how: (typeof wrongs)[number]) => how === wrong && number === when;
      const invoked = open.get(process);
      const own = invoked ?? { f, key };
      if (invoked === undefined) open.set(process, own);
      else open.delete(process);
      const asks = invoked === undefined && own.f === 'get' && !isWrong('read');
      const pairOf = [isWrong('key') ? key : own.key, asks ? null : value];
      return {
        process,
        type: invoked === undefined ? 'invoke' : isWrong('lost') ? 'info' : 'ok',
        f: isWrong('txn') ? 'txn' : own.f,
        ...(isWrong('beside') ? { key: 1 } : {}),
        value:
          isWrong('pair') || isWrong('lost') ? null : isWrong('length') ? [...pairOf, 1] : pairOf,
      };
    });
  });
const edn = (value: unknown): string => {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return `[${value.map(edn).join(' ')}]`;
  return typeof value === 'string' && /^[a-z]+$/.test(value) ? `:${value}` : JSON.stringify(value);
};
const header = '{"format":"dsp-history","version":1,"originNs":0,"startedAt":""}';

const writers: Record<string, [FormatName, (records: readonly object[]) => readonly string[]]> = {
  'JSON lines': ['jsonl', (all) => all.map((each) => JSON.stringify(each))],
  'an own history': [
    'jsonl',
    (all) => [
      header,
      ...all.map((each, index) => JSON.stringify({ timeNs: 10 * index, ...each, index })),
    ],
  ],
  EDN: ['edn', (all) => all.map((each) => ednMap(each))],
  'a key-value log': ['porcupine-kv', (all) => all.map((each) => ednMap(each))],
};
const ednMap = (record: object): string =>
  `{${Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `:${name} ${edn(value)}`)
    .join(', ')}}`;

test.each(Object.entries(writers))('%s', (_, [format, write]) => {
  const independent = fc.constantFrom<Independent>('auto', 'yes', 'no');
  const ends = fc.constantFrom('\n', '\n', '\r\n');
  fc.assert(
    fc.property(
      fc.oneof(records, nearlyRight, keyed, keyed),
      independent,
      ends,
      (all, split, end) => {
        const text = write(all)
          .map((line) => line + end)
          .join('');
        const [byNumbers, byWords] = [true, false].map((how) =>
          everything(text, format, split, how),
        );
        expect(byNumbers).toStrictEqual(byWords);
      },
    ),
    { numRuns: 1500 },
  );
});

test('a completion that repeats its invocation says the same list, quickly or not', () => {
  const said = (type: string) => ({ process: 0, type, f: 'txn', value: [['append', 1, -1]] });
  const all = [said('invoke'), said('ok'), said('invoke'), said('ok')];
  const [, write] = writers['an own history']!;
  const { columns } = parseHistory([...write(all), ''].join('\n'), 'file');
  expect(columns.value[1]).toBe(columns.value[0]);
  expect(columns.value[3]).toBe(columns.value[2]);
});

test('an own entry without a value has none, quickly or not', () => {
  const said = [
    { process: 0, type: 'invoke', f: 'push', value: 1 },
    { process: 0, type: 'ok', f: 'push' },
  ];
  const [, write] = writers['an own history']!;
  const { entries } = parseHistory([...write([...said, ...said]), ''].join('\n'), 'file');
  expect(entries.map(({ value }) => value)).toStrictEqual([1, undefined, 1, undefined]);
});

test('a keyword with its colon still is that function, whatever others are called', () => {
  const said = ['::get', ':get', 'get'].flatMap((f) => [
    { process: 0, type: 'invoke', f, value: null },
    { process: 0, type: 'ok', f, value: null },
  ]);
  const [, write] = writers['JSON lines']!;
  const { entries } = parseHistory(write([...said, ...said]).join('\n'), 'file');
  const names = [':get', ':get', 'get', 'get', 'get', 'get'];
  expect(entries.map(({ f }) => f)).toEqual([...names, ...names]);
});

test.each([[1], ['x'], [-3], [2.5], [null], [undefined], [[1, [2]]]])(
  'of the lists of a record that says %j no other is kept',
  (value) => {
    const said = { process: 0, f: 'put', value };
    const pair = [
      { ...said, type: 'invoke' },
      { ...said, type: 'ok' },
    ];
    const lengthWith = (node: readonly unknown[] | undefined) => {
      const lines = [...pair, ...pair].map(
        (each) => `${JSON.stringify({ node, ...each, links: node })}\n`,
      );
      return parseHistory(lines.join(''), 'file').columns.lists.length;
    };
    expect(lengthWith([[1], 2])).toBe(lengthWith(undefined));
  },
);
