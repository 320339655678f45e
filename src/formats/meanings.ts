/** What words stand for in the columns of a history, once they have been met there. */
import { absent } from '../core/history/entry-columns.ts';
import { larger } from '../core/larger.ts';

/** By word: the number of what it stands for and one; 0 for what is not known yet. */
export interface Meanings {
  known: Int32Array;
  /** What the word stands for, if that can be told by now. */
  readonly find: (word: number) => number | undefined;
}

export const meanings = (find: Meanings['find']): Meanings => ({
  known: new Int32Array(64),
  find,
});

/** The number of what a word stands for; `absent` while that is not known. */
export function meaningOf(meanings: Meanings, word: number): number {
  const { known } = meanings;
  const number = word < known.length ? known[word]! : 0;
  return number > 0 ? number - 1 : learn(meanings, word);
}

function learn(meanings: Meanings, word: number): number {
  const found = word < 0 ? undefined : meanings.find(word);
  if (found === undefined) return absent;
  if (word >= meanings.known.length) meanings.known = larger(meanings.known, word + 1);
  meanings.known[word] = found + 1;
  return found;
}
