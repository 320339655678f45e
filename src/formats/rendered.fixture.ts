/** Values and operations written in every way that a form allows, with what is to be read of them. */
import fc from 'fast-check';

/** A text, and the value that it stands for. */
export interface Rendered {
  readonly text: string;
  readonly value: unknown;
}

const plain = (text: string, value: unknown): Rendered => ({ text, value });

/** EDN's space: commas, comments, discards. */
const ednSpace = fc.constantFrom(
  ' ',
  ' ',
  ', ',
  '\n',
  '\r\n',
  '\t',
  ' ; and so on ]}"\n',
  ' #_gone ',
  ' #_{:a [1 "}"]} ',
  ' #_ #_ 1 2 ',
);
/** A line that begins with an object is taken for the next operation where one has no end. */
const jsonSpace = fc.constantFrom('', '', ' ', '\t', ' \r\n ', '\n  ');

const quoted = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    'λ',
    '😀',
    '"',
    '\\',
    ';',
    '#',
    '{',
    ']',
    ':',
    ',',
    '\n',
    '\t',
    '\u2028',
  ),
});

const ednNumbers = fc.oneof(
  fc.integer().map((value) => plain(String(value), value)),
  fc.nat().map((value) => plain(`+${value}N`, value)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }).map((value) => plain(`${value}N`, String(value))),
  fc.bigInt({ min: -(2n ** 60n), max: -(2n ** 53n) }).map((value) => plain(`${value}`, `${value}`)),
  fc.constantFrom(
    plain('-0', 0),
    plain('1/3', '1/3'),
    plain('2.50M', 2.5),
    plain('-1e3', -1000),
    plain('1e999', '1e999'),
    plain('##NaN', '##NaN'),
    plain('##-Inf', '##-Inf'),
  ),
);
const ednWords = fc.constantFrom(
  plain('nil', null),
  plain('true', true),
  plain('false', false),
  plain(':a/b', 'a/b'),
  plain('sym.bol-1', 'sym.bol-1'),
  plain('\\x', 'x'),
  plain('\\newline', '\n'),
  plain('\\(', '('),
  plain('\\u03bb', 'λ'),
  plain('#inst "2026-01-01"', '2026-01-01'),
  plain('#some.Record{:a 1}', { a: 1 }),
);
const ednText = quoted.map((text) =>
  plain(`"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`, text),
);

/** Values of EDN. */
export const ednValues: fc.Arbitrary<Rendered> = fc.letrec<{ value: Rendered }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    ednNumbers,
    ednWords,
    ednText,
    fc
      .tuple(fc.array(tie('value'), { maxLength: 4 }), ednSpace, fc.constantFrom('[]', '()'))
      .map(([items, space, brackets]) =>
        plain(
          brackets[0]! + items.map(({ text }) => text).join(space) + space + brackets[1]!,
          items.map(({ value }) => value),
        ),
      ),
    fc.tuple(fc.uniqueArray(fc.integer({ min: -20, max: 20 })), ednSpace).map(([items, space]) =>
      plain(
        `#{${items.join(space)}}`,
        items.toSorted((a, b) => a - b),
      ),
    ),
    fc
      .tuple(
        fc.uniqueArray(
          fc.tuple(fc.constantFrom('a', 'b', '__proto__', 'constructor'), tie('value')),
          {
            selector: ([key]) => key,
          },
        ),
        ednSpace,
      )
      .map(([pairs, space]) =>
        plain(
          `{${pairs.map(([key, { text }]) => `:${key}${space}${text}`).join(space)}}`,
          Object.fromEntries(pairs.map(([key, { value }]) => [key, value])),
        ),
      ),
  ),
})).value;

/** Values of JSON. */
export const jsonValues: fc.Arbitrary<Rendered> = fc.letrec<{ value: Rendered }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0.5, '').map((value) => plain(JSON.stringify(value), value)),
    fc.integer().map((value) => plain(String(value), value)),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }).map((value) => plain(`${value}`, `${value}`)),
    fc.constantFrom(plain('-0', -0), plain('1e3', 1000), plain('1e999', '1e999')),
    quoted.map((text) => plain(JSON.stringify(text), text)),
    fc.tuple(fc.array(tie('value'), { maxLength: 4 }), jsonSpace).map(([items, space]) =>
      plain(
        `[${space}${items.map(({ text }) => text).join(`${space},${space}`)}${space}]`,
        items.map(({ value }) => value),
      ),
    ),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', '10', '9', '__proto__'), tie('value')), {
          selector: ([key]) => key,
        }),
        jsonSpace,
      )
      .map(([pairs, space]) =>
        plain(
          `{${pairs.map(([key, { text }]) => `"${key}"${space}:${space}${text}`).join(',')}}`,
          Object.fromEntries(pairs.map(([key, { value }]) => [key, value])),
        ),
      ),
  ),
})).value;
