import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { shortened, visibleLine, visibleText } from './visible-text.ts';

describe('visible text', () => {
  test('an escape sequence that would clear the terminal is shown, not obeyed', () => {
    expect(visibleText('\u001b[2Jgone')).toBe('\\u{1b}[2Jgone');
  });

  test('a right-to-left override is shown', () => {
    expect(visibleText('a\u202eb')).toBe('a\\u{202e}b');
  });

  test('half a character is shown, a whole one is left alone', () => {
    expect(visibleText('\ud83d and \u{1f600}')).toBe('\\u{d83d} and \u{1f600}');
  });

  test('letters of any script, tabs and newlines are left alone', () => {
    expect(visibleText('ß 日本 עברית\tx\ny')).toBe('ß 日本 עברית\tx\ny');
  });

  test('on one line, newlines are shown too', () => {
    expect(visibleLine('a\n::error::b\r\n')).toBe('a\\n::error::b\\u{d}\\n');
  });

  propertyTest.prop([fc.string({ unit: 'binary' })])('no line has a control character', (text) => {
    expect(visibleLine(text)).not.toMatch(/\p{Cc}|\p{Surrogate}|\p{Bidi_Control}/u);
  });
});

describe('shortened', () => {
  test('a short text is left alone', () => {
    expect(shortened('four', 4)).toBe('four');
  });

  test('a long one ends in an ellipsis, and never in half a character', () => {
    expect(shortened('a\u{1f600}bc', 3)).toBe('a…');
  });
});
