/** Lines that are taken from their bytes, and those that are not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HistoryTooLarge } from '../core/history/lists.ts';
import { historyBuilder } from './history-builder.ts';
import { piecesOfText } from './pieces.ts';
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

describe.each(Object.values(forms))('in %s', (format, head, write) => {
  const linesOf = (count: number) =>
    Array.from({ length: count }, (_, i) => write(i % 2 === 0 ? 'invoke' : 'ok', i, value(i)));
  const readIn = (text: string, size: number) => {
    const builder = historyBuilder('file', { strict: false, independent: 'no' });
    formats[format].read(piecesOfText(text, size), builder);
    const { entries, problems, lineOf, columns } = builder.finish();
    const lines = entries.map(({ index }) => lineOf(index));
    return { entries, problems, lines, listLength: columns.lists.length };
  };

  test('nothing is left of the lists of a line that is not taken', () => {
    const lines = linesOf(20);
    const ended = (ending: string) =>
      readIn(head + lines.map((each) => each + ending).join(''), 90);
    expect(ended(' \n')).toEqual(ended('\n'));
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

  test('that there is no room for its lists is passed on', () => {
    const lines = linesOf(3000);
    const options = { independent: 'no', memoryBytesMax: 2 ** 14 } as const;
    const read = () => parseHistory(head + lines.join('\n'), 'file', format, options);
    expect(read).toThrowError(HistoryTooLarge);
  });
});
