import { expect, test } from 'vitest';
import { cut } from './cut.ts';

test('a text is cut where it says something, and else left out', () => {
  expect(cut('append', 100)).toBe('append');
  expect(cut('generation-entered', 61)).toBe('generatio…');
  expect(cut('generation-entered', 20)).toBe('');
  expect(cut('aaaaaaaa\u{1f600}aaaaaaaaaaaa', 61).isWellFormed()).toBe(true);
});
