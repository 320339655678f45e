/** Words by their characters are numbered as their texts are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbering } from '../core/numbering.ts';
import { hashed, numberOfText, wordsIn } from './words.ts';
import type { Words } from './words.ts';

function numberIn(words: Words, word: string): number {
  const text = `"${word}"`;
  const codes = Buffer.from(text, 'latin1');
  let hash = 0;
  for (const code of codes.subarray(1, -1)) hash = hashed(hash, code);
  return numberOfText(words, codes, 1, text.length - 1, hash);
}

test('each word has one number, and stands there', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '~'), maxLength: 8 });
  const written = fc.array(fc.oneof(letters, fc.nat({ max: 5000 }).map(String)), {
    maxLength: 2000,
  });
  fc.assert(
    fc.property(written, (all) => {
      const words = wordsIn(numbering());
      const numbers = new Map<string, number>();
      for (const word of all) {
        const number = numberIn(words, word);
        expect(words.numbering.values[number]).toBe(word);
        expect(numbers.get(word) ?? number).toBe(number);
        numbers.set(word, number);
      }
    }),
    { numRuns: 50 },
  );
});

test('words of one hash are told apart by their characters', () => {
  const words = wordsIn(numbering());
  const [one, other] = ['yjwknn', 'adfmby'];
  expect(numberIn(words, one)).not.toBe(numberIn(words, other));
  expect(words.numbering.values[numberIn(words, one)]).toBe(one);
  expect(words.numbering.values[numberIn(words, other)]).toBe(other);
});
