/** Lines that are taken from their bytes, and those that are not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HistoryTooLarge } from '../core/history/lists.ts';
import { historyBuilder } from './history-builder.ts';
import type { Pieces } from './pieces.ts';
import { parseHistory } from './read-history.ts';
import { formats } from './registry.ts';
import type { FormatName } from './registry.ts';

const own = '{"format":"dsp-history","version":1,"originNs":0,"startedAt":""}\n';
const json = (type: string, index: number, value: unknown) =>
  `{"index":${index},"timeNs":5,"process":0,"type":"${type}","f":"txn","value":${JSON.stringify(value)}}`;
const edn = (type: string, _: number, value: unknown) =>
  `{:process 0, :type :${type}, :f :put, :key "x", :value ${JSON.stringify(value).replaceAll(',', ' ')}}`;
/** What comes before the lines, and how an operation is one. */
const forms: Record<string, readonly [FormatName, string, typeof json]> = {
  'an own history': ['jsonl', own, json],
  'JSON lines': ['jsonl', '', json],
  EDN: ['edn', '', edn],
  'a key-value log': ['porcupine-kv', '', edn],
};
const value = (index: number) => [['append', 1, index], [], [2, [index, 3]]];

/** As those of a file, all in one place. */
function* piecesOf(text: string, size: number): Pieces {
  const place = Buffer.alloc(size);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size)
    yield place.subarray(0, bytes.copy(place, 0, at, at + size));
}

describe.each(Object.entries(forms))('%s', (_, [format, head, write]) => {
  const isEdn = write === edn;
  const linesOf = (count: number) =>
    Array.from({ length: count }, (_, i) => write(i % 2 === 0 ? 'invoke' : 'ok', i, value(i)));
  const readIn = (text: string, size: number) => readPieces(piecesOf(text, size));
  const readByLine = (text: string) =>
    readPieces(
      text
        .split(/(?<=\n)/)
        .map((each) => Buffer.from(each))
        .values(),
    );
  const readPieces = (pieces: Pieces) => {
    const builder = historyBuilder('file', { strict: false, independent: 'no' });
    formats[format].read(pieces, builder);
    const { entries, problems, torn, lineOf, columns } = builder.finish();
    const lines = entries.map(({ index }) => lineOf(index));
    return { entries, problems, torn, lines, listLength: columns.lists.length };
  };

  test('nothing is left of the lists of a line that is not taken', () => {
    const lines = linesOf(20);
    const ended = (ending: string) =>
      readByLine(head + lines.map((each) => each + ending).join(''));
    expect(ended(' \n')).toEqual(ended('\n'));
  });

  test('nor of those of one that needs a closer look', () => {
    const text = `${head}${linesOf(20).join('\n')}\n`;
    const looked = isEdn
      ? text.replaceAll(':key "x"', ':key -3')
      : text.replaceAll('"process"', '"key":-3,"process"');
    const { entries, listLength } = readByLine(looked);
    expect(entries[0]).toMatchObject({ key: -3, value: value(0) });
    expect(listLength).toBe(readByLine(text).listLength);
  });

  test('a character that is broken at the end of a piece stays between its neighbours', () => {
    const [first, second] = linesOf(2) as [string, string];
    const start = Buffer.from(`${head}${first} `);
    const pieces = [start, Buffer.from([0xc3]), Buffer.from(`${second}\n`)];
    const { listLength: _, ...whole } = readPieces([Buffer.concat(pieces)].values());
    expect(whole.problems.count).toBeGreaterThan(0);
    const cut = [Buffer.concat(pieces.slice(0, 2)), pieces[2]!];
    expect(readPieces(cut.values())).toMatchObject(whole);
  });

  test('a character that is cut off at the end is not passed over', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${head}${linesOf(2).join('\n')}\n`),
      Buffer.from([0xc3]),
    ]);
    const { problems, torn } = readPieces([bytes].values());
    expect(problems.count > 0 || torn).toBe(true);
  });

  test('it makes no difference where pieces begin, whatever stands between the lines', () => {
    const between = fc.constantFrom(
      '\n',
      '\n',
      '\n',
      '\r\n',
      ',\n',
      ' \n',
      '\n\n',
      ' ',
      'é\n',
      '}\n',
    );
    fc.assert(
      fc.property(
        fc.array(between, { minLength: 4, maxLength: 16 }),
        fc.integer({ min: 1, max: 400 }),
        (betweens, size) => {
          const lines = linesOf(betweens.length);
          const text = head + lines.map((each, i) => each + betweens[i]!).join('');
          const { listLength: _, ...whole } = readIn(text, text.length);
          expect(readIn(text, size)).toMatchObject(whole);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a line that is longer than anyone looks at is read', () => {
    const long = 'x'.repeat(2 ** 21);
    const lines = ['short', long, 'short'].map((said, i) =>
      write(i === 1 ? 'ok' : 'invoke', i, [said]),
    );
    const { entries, problems } = readIn(`${head}${lines.join('\n')}\n`, 2 ** 16);
    expect(problems.first).toEqual([]);
    expect(entries.map((each) => each.value)).toEqual([['short'], [long], ['short']]);
  });

  test('that there is no room for its lists is passed on', () => {
    const lines = linesOf(3000);
    const options = { independent: 'no', memoryBytesMax: 2 ** 14 } as const;
    const read = () => parseHistory(head + lines.join('\n'), 'file', format, options);
    expect(read).toThrowError(HistoryTooLarge);
  });
});
