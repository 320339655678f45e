/**
 * A set of operations as bits, with a hash that costs one step to keep.
 *
 * Of the words, only a window matters: those before `low` are all ones, those from `high` on are all zeros. As
 * operations are numbered by their calls, and hardly run ahead of each other, the window stays as narrow as the history
 * is concurrent, however long it is. What is compared and kept of a set is its window.
 */
export interface OperationSet {
  readonly words: Int32Array;
  /** How many words at the beginning are full. */
  low: number;
  /** One more than the last word that is not empty; never below `low`. */
  high: number;
  /** The exclusive or of the members' random words (Zobrist 1970). */
  hash: number;
}

/** Shared, for most problems need none of many things, and to make nothing takes as long as to make something. */
export const noWords = new Int32Array();

/** Of the numbers below `size`, none. */
export const operationSet = (size: number): OperationSet => ({
  words: size === 0 ? noWords : new Int32Array(Math.ceil(size / 32)),
  low: 0,
  high: 0,
  hash: 0,
});

/** Whether it is a member. */
export const has = (set: OperationSet, operation: number): boolean =>
  (set.words[operation >>> 5]! & (1 << (operation & 31))) !== 0;

/** Must not be a member yet. */
export function add(set: OperationSet, operation: number): void {
  const { words } = set;
  const word = operation >>> 5;
  words[word]! |= 1 << (operation & 31);
  set.hash ^= scramble(operation);
  if (word >= set.high) set.high = word + 1;
  while (set.low < words.length && words[set.low] === allOnes) set.low++;
}

/** Must be a member. */
export function remove(set: OperationSet, operation: number): void {
  const { words } = set;
  const word = operation >>> 5;
  words[word]! &= ~(1 << (operation & 31));
  set.hash ^= scramble(operation);
  if (word < set.low) set.low = word;
  while (set.high > set.low && words[set.high - 1] === 0) set.high--;
}

const allOnes = -1;

/** The finaliser of MurmurHash3: a fixed word for each number, as good as random. */
export function scramble(value: number): number {
  let hash = Math.imul(value + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
