/** Whatever can be written in a form is read as it is meant; whatever is wrong with an operation is named by its line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../core/history/entry.ts';
import { readValue } from './edn.ts';
import { scanOf } from './edn-tokens.ts';
import { pair } from '../core/history/operation.ts';
import { formatChoices, parseHistory } from './read-history.ts';
import type { FormatName } from './registry.ts';
import { ednValues, jsonValues } from './rendered.fixture.ts';
import type { Rendered } from './rendered.fixture.ts';

test('a value of EDN is read as it is meant, whatever stands between', () => {
  fc.assert(
    fc.property(ednValues, ({ text, value }) => {
      expect(readValue(scanOf(text, 'file'))).toEqual(value);
    }),
    { numRuns: 2000 },
  );
});

/** A form in which operations are written, each from its words. */
interface Form {
  readonly name: FormatName;
  readonly values: fc.Arbitrary<Rendered>;
  readonly written: (words: Words) => string;
  readonly whole: (lines: readonly string[]) => string;
}

interface Words {
  readonly process: number;
  readonly type: string;
  readonly f: string;
  readonly key?: number;
  readonly value: string;
}

const line = (lines: readonly string[]): string => lines.join('\n');
const ednMap = ({ process, type, f, key, value }: Words): string =>
  `{:process ${process}, :type :${type} :f :${f}${key === undefined ? '' : ` :key ${key}`} :value ${value}, :node "n1"}`;
const jsonObject = ({ process, type, f, key, value }: Words): string =>
  `{"process": ${process}, "type":"${type}", "f":"${f}"${key === undefined ? '' : `, "key":${key}`}, "value": ${value}, "time": 5}`;
const onOneLine = (values: fc.Arbitrary<Rendered>) =>
  values.filter(({ text }) => !/[\r\n]/.test(text));

const forms: Form[] = [
  { name: 'edn', values: ednValues, written: ednMap, whole: line },
  { name: 'edn', values: ednValues, written: ednMap, whole: (lines) => `[${line(lines)}]` },
  {
    name: 'edn',
    values: ednValues,
    written: (words) => `#jepsen.history.Op${ednMap(words)}`,
    whole: (lines) => `(${line(lines)} ; the end\n)`,
  },
  { name: 'jsonl', values: jsonValues, written: jsonObject, whole: line },
  {
    name: 'elle-cli-json',
    values: jsonValues,
    written: jsonObject,
    whole: (lines) => `[${lines.join(',\n')},]\n`,
  },
  {
    name: 'jepsen-log',
    values: onOneLine(ednValues),
    written: ({ process, type, f, value }) =>
      `INFO  jepsen.util - ${process}\t:${type}\t:${f}\t${value}`,
    whole: line,
  },
];

const form = fc.constantFrom(...forms);
const frame = fc.record({ mark: fc.constantFrom('', '\uFEFF'), crlf: fc.boolean() });

const framed = (text: string, { mark, crlf }: { mark: string; crlf: boolean }): string =>
  mark + (crlf ? text.replaceAll(/\r?\n/g, '\r\n') : text);

/** Of a text with line ends in it, a frame with others would change the value. */
const isPlain = (values: readonly Rendered[]): boolean =>
  values.every(({ value }) => !/\\[rn]/.test(JSON.stringify(value) ?? ''));

test('operations are read as they are meant, in every form', () => {
  fc.assert(
    fc.property(
      form.chain((each) => fc.tuple(fc.constant(each), fc.array(each.values, { maxLength: 6 }))),
      frame,
      ([{ name, written, whole }, values], how) => {
        fc.pre(isPlain(values));
        const words = values.flatMap(({ text }, process): Words[] => [
          { process, type: 'invoke', f: 'write', value: text },
          { process, type: 'ok', f: 'write', value: text },
        ]);
        if (words.length === 0) return;
        const text = framed(whole(words.map(written)), how);
        const { entries, problems } = parseHistory(text, 'file', name, { independent: 'no' });
        expect(problems.first).toEqual([]);
        expect(entries.map(({ process, type, f, value }) => [process, type, f, value])).toEqual(
          words.map(({ process, type, f }) => [process, type, f, values[process]!.value]),
        );
      },
    ),
    { numRuns: 1500 },
  );
});

const edits = fc.array(
  fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 4 }),
    put: fc.constantFrom(
      '',
      '"',
      '{',
      ']',
      '#',
      '#_',
      '\\',
      '\n',
      ':',
      'nil',
      '\u0000',
      '1e9999',
      '-',
    ),
  }),
  { maxLength: 4 },
);

test('whatever is changed in a text, it is a history that is well formed, or an error with file and line', () => {
  const texts = form.chain(({ values, written, whole }) =>
    fc
      .array(fc.tuple(fc.nat({ max: 2 }), fc.constantFrom('invoke', 'ok', 'info'), values))
      .map((drawn) =>
        whole(
          drawn.map(([process, type, { text }]) =>
            written({ process, type, f: 'read', value: text }),
          ),
        ),
      ),
  );
  fc.assert(
    fc.property(
      texts,
      edits,
      fc.constantFrom(...formatChoices),
      fc.boolean(),
      (text, drawn, choice, strict) => {
        let changed = text;
        for (const { at, cut, put } of drawn) {
          const place = at % (changed.length + 1);
          changed = changed.slice(0, place) + put + changed.slice(place + cut);
        }
        try {
          const { entries, problems } = parseHistory(changed, 'file', choice, { strict });
          expect(pair(entries).problems).toEqual([]);
          for (const problem of problems.first) expect(problem).toMatch(/^file:\d+: /);
        } catch (thrown) {
          const message = expect.stringMatching(/^file:(\d+:)? /) as string;
          expect(thrown).toMatchObject({ name: 'DspError', code: 'data', message });
        }
      },
    ),
    { numRuns: 3000 },
  );
});

/** What may be wrong with the operations of a process: lines that are added, and of which of them is said what. */
const wrongs: Readonly<
  Record<string, readonly [lines: readonly Partial<Words>[], at: number, problem: RegExp]>
> = {
  'a completion alone': [[{ type: 'ok' }], 0, /did not invoke/],
  'two open operations': [[{ type: 'invoke' }, { type: 'invoke' }, { type: 'ok' }], 1, /is open/],
  'two completions': [[{ type: 'invoke' }, { type: 'ok' }, { type: 'fail' }], 2, /did not invoke/],
  'another function': [[{ type: 'invoke' }, { type: 'ok', f: 'read' }], 1, /had invoked write/],
  'another key': [
    [
      { type: 'invoke', key: 1 },
      { type: 'ok', key: 2 },
    ],
    1,
    /completes write of key 2, and had invoked write of key 1/,
  ],
  'a type that is none': [[{ type: 'invoked' }], 0, /invoked/],
  'a value that is none': [[{ type: 'invoke', value: ']' }], 0, /./],
};

describe.each(Object.entries(wrongs))('%s', (kind, [added, at, problem]) => {
  test.each(forms.filter(({ name }) => kind !== 'another key' || name !== 'jepsen-log'))(
    'is named by its line: $name, %#',
    ({ name, written, whole }) => {
      const good = (process: number): Words[] => [
        { process, type: 'invoke', f: 'write', value: '1' },
        { process, type: 'ok', f: 'write', value: '1' },
      ];
      const wrong = added.map((each) => ({
        process: 9,
        type: 'ok',
        f: 'write',
        value: '5',
        ...each,
      }));
      const text = whole([...good(0), ...wrong, ...good(1)].map((each) => written(each)));
      const read = (strict: boolean) => parseHistory(text, 'file', name, { strict });
      const told = expect.stringMatching(
        new RegExp(`^file:${3 + at}: .*${problem.source}`, 's'),
      ) as string;
      const { entries, problems } = read(false);
      expect(problems.first).toEqual([told]);
      const of = (process: number): Entry[] => entries.filter((each) => each.process === process);
      expect([...of(0), ...of(1)]).toHaveLength(4);
      expect(() => read(true)).toThrowError(
        expect.objectContaining({ code: 'data', message: told }),
      );
    },
  );
});
