import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DspError } from '../errors.ts';
import { decodeHistory, encodeEntry, encodeHeader } from './codec.ts';
import type { Entry, HistoryHeader } from './entry.ts';

const header: HistoryHeader = {
  format: 'dsp-history',
  version: 1,
  originNs: 123,
  startedAt: '2026-11-01T12:00:00.000Z',
};

const entries: readonly Entry[] = [
  { index: 0, timeNs: 0, process: 'phase', type: 'info', f: 'load', value: null },
  { index: 1, timeNs: 5, process: 0, type: 'invoke', f: 'write', key: 3, value: 7 },
  { index: 2, timeNs: 9, process: 0, type: 'info', f: 'write', key: 3, value: 7, error: 'timeout' },
  {
    index: 3,
    timeNs: 9,
    process: 'nemesis:kill',
    type: 'ok',
    f: 'start',
    value: { nodes: ['n1'] },
  },
];

const text = encodeHeader(header) + entries.map(encodeEntry).join('');

const refusal = (broken: string): DspError => {
  try {
    decodeHistory(broken, 'history.jsonl');
  } catch (thrown) {
    if (thrown instanceof DspError) return thrown;
    throw thrown;
  }
  return expect.unreachable('the text was expected to be refused');
};

describe('the codec', () => {
  test('reads back what it wrote', () => {
    expect(decodeHistory(text, 'history.jsonl')).toEqual({ header, entries, torn: false });
  });

  test('a history cut anywhere after its header is torn, and has its whole lines', () => {
    const headerEnd = text.indexOf('\n') + 1;
    for (let end = headerEnd; end < text.length; end++) {
      const history = decodeHistory(text.slice(0, end), 'history.jsonl');
      const whole = text.slice(0, end).split('\n').length - 2;
      expect(history.entries).toEqual(entries.slice(0, whole));
      expect(history.torn).toBe(text[end - 1] !== '\n');
    }
  });

  test('a history without a whole header is refused', () => {
    expect(refusal(text.slice(0, 20)).message).toContain('no complete first line');
    expect(refusal('').code).toBe('data');
  });

  test.each([
    ['a line that is no JSON', 'nonsense', 'history.jsonl:3: is not JSON'],
    ['a line that is no object', '[1]', 'history.jsonl:3: is not a JSON object'],
    ['a gap in the indexes', { index: 5 }, 'history.jsonl:3: index is 5 where 1 is due'],
    ['a type that is none', { type: 'maybe' }, 'history.jsonl:3: type is "maybe"'],
    ['a time that is no number', { timeNs: '5' }, 'history.jsonl:3: timeNs is not a number'],
    ['a function that is no text', { f: 5 }, 'history.jsonl:3: f is not a text'],
    ['a process that is nobody', { process: '0' }, 'history.jsonl:3: process is "0"'],
    ['a client that is no whole number', { process: 0.5 }, 'history.jsonl:3: process is 0.5'],
    ['a key that is a structure', { key: [1] }, 'history.jsonl:3: key is neither'],
    ['an error that is no text', { error: 5 }, 'history.jsonl:3: error is not a text'],
  ])('%s is refused by its line', (_, change, sentence) => {
    const lines = text.split('\n');
    lines[2] = typeof change === 'string' ? change : JSON.stringify({ ...entries[1], ...change });
    const error = refusal(lines.join('\n'));
    expect(error.code).toBe('data');
    expect(error.message).toContain(sentence);
  });

  test('another version is refused by its number', () => {
    expect(refusal(text.replace('"version":1', '"version":2')).message).toContain(
      'history.jsonl:1: history version 2 is not known',
    );
  });

  test('whatever the text is, it is a history or a data error', () => {
    const line = fc.oneof(fc.string(), fc.json(), fc.constantFrom(...text.split('\n')));
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, withHeader) => {
        const any = (withHeader ? encodeHeader(header) : '') + lines.join('\n');
        try {
          expect(decodeHistory(any, 'any').entries).toBeInstanceOf(Array);
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'DspError', code: 'data' });
        }
      }),
    );
  });
});
