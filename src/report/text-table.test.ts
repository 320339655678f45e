import { describe, expect, test } from 'vitest';
import { textOfFact, textOfValue, textTable } from './text-table.ts';

describe('the texts of a report', () => {
  test('are held once each; the empty one comes first', () => {
    const { place, texts } = textTable();
    expect([place('a'), place(''), place('b'), place('a')]).toEqual([1, 0, 2, 1]);
    expect(texts).toEqual(['', 'a', 'b']);
  });

  test('are bounded in sum; what is left out says where it is', () => {
    const { place, texts } = textTable();
    for (let i = 0; i < 70_000; i++) place(`${i}`.padEnd(100, '.'));
    expect(texts.join('').length).toBeLessThan(6_100_000);
    expect(texts[place('one more')]).toContain('history.jsonl');
  });
});

describe('a value as text', () => {
  test('is JSON; nothing is the empty text, null is not nothing', () => {
    expect([textOfValue('a'), textOfValue(undefined), textOfValue(null)]).toEqual([
      '"a"',
      '',
      'null',
    ]);
  });

  test('is one line without anything invisible', () => {
    expect(textOfValue('\u202e\u009b\n')).toBe('"\\u{202e}\\u{9b}\\n"');
  });

  test('is short, even of a long list', () => {
    expect(
      textOfValue(
        Array.from({ length: 100_000 }, (_, i) => i),
        20,
      ),
    ).toBe('[0,1,2,3,4,5,6,7,8,…');
  });
});

describe('a fact', () => {
  test.each([
    ['halves', 'halves'],
    [[2, 5], '2, 5'],
    [[], 'none'],
    [{ 'silent/silent': 12 }, 'silent/silent: 12'],
    [{ a: { b: 1 } }, '{"a":{"b":1}}'],
    [null, 'null'],
  ])('%j reads %s', (value, text) => {
    expect(textOfFact(value)).toBe(text);
  });
});
