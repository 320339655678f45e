/**
 * The configurations that a search has met: which required operations have taken effect, in which state, and with which
 * optional operations spent.
 *
 * Whatever can follow a configuration can also follow the same one with fewer optional operations spent. So one that
 * spends a superset of what was met before is not new (dominance). Rows are found by required set and state; each
 * carries its own list of spent sets, for in the probe chain of the hash table they would make it long.
 */
import { noWords, scramble } from './operation-set.ts';
import type { OperationSet } from './operation-set.ts';

export interface Configurations {
  /** Notes the configuration; false when it, or one that dominates it, is known. */
  meet(required: OperationSet, spent: OperationSet, state: number): boolean;
  /** Whether it, or one that dominates it, was met. */
  knows(required: OperationSet, spent: OperationSet, state: number): boolean;
  /** What they take, and will for the moment in which they grow next, when the old and the new copy are both there. */
  bytes(): number;
}

/** Row: hash, state, low, words in the window, head of the spent sets, the window. Spent set: next, words, the words. */
const rowHeader = 5;
const spentHeader = 2;
const none = -1;

export function configurations(): Configurations {
  const rows = arena();
  const spentSets = arena();
  let slots = noWords;
  let count = 0;

  function slotOf(hash: number, required: OperationSet, state: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const row = slots[slot]!;
      if (row === none || sameRow(rows.words, row, hash, required, state)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function growSlots(): void {
    const old = slots;
    slots = new Int32Array(Math.max(64, old.length * 2)).fill(none);
    const mask = slots.length - 1;
    for (const row of old) {
      if (row === none) continue;
      let slot = rows.words[row]! & mask;
      while (slots[slot] !== none) slot = (slot + 1) & mask;
      slots[slot] = row;
    }
  }

  function addRow(hash: number, required: OperationSet, state: number): number {
    const length = required.high - required.low;
    const row = rows.reserve(rowHeader + length);
    const { words } = rows;
    words[row] = hash;
    words[row + 1] = state;
    words[row + 2] = required.low;
    words[row + 3] = length;
    words[row + 4] = none;
    for (let i = 0; i < length; i++) words[row + rowHeader + i] = required.words[required.low + i]!;
    if (++count * 2 > slots.length) growSlots();
    return row;
  }

  function addSpent(row: number, spent: OperationSet): void {
    const at = spentSets.reserve(spentHeader + spent.high);
    const { words } = spentSets;
    words[at] = rows.words[row + 4]!;
    words[at + 1] = spent.high;
    for (let i = 0; i < spent.high; i++) words[at + spentHeader + i] = spent.words[i]!;
    rows.words[row + 4] = at;
  }

  return {
    meet(required, spent, state) {
      if (slots.length === 0) growSlots();
      const hash = hashOf(required, state);
      const slot = slotOf(hash, required, state);
      const known = slots[slot]!;
      if (known === none) {
        slots[slot] = rows.used();
        addSpent(addRow(hash, required, state), spent);
        return true;
      }
      if (isDominated(spentSets.words, rows.words[known + 4]!, spent)) return false;
      addSpent(known, spent);
      return true;
    },
    knows(required, spent, state) {
      if (count === 0) return false;
      const known = slots[slotOf(hashOf(required, state), required, state)]!;
      return known !== none && isDominated(spentSets.words, rows.words[known + 4]!, spent);
    },
    bytes() {
      const held = slots.length + rows.words.length + spentSets.words.length;
      const next = Math.max(
        2 * slots.length,
        grownLength(rows.words.length),
        grownLength(spentSets.words.length),
      );
      return 4 * (held + next);
    },
  };
}

const hashOf = (required: OperationSet, state: number): number => required.hash ^ scramble(~state);

function sameRow(
  words: Int32Array,
  row: number,
  hash: number,
  required: OperationSet,
  state: number,
): boolean {
  if (words[row] !== hash || words[row + 1] !== state) return false;
  const length = required.high - required.low;
  if (words[row + 2] !== required.low || words[row + 3] !== length) return false;
  for (let i = 0; i < length; i++)
    if (words[row + rowHeader + i] !== required.words[required.low + i]) return false;
  return true;
}

/** Whether one of the list's sets is contained in `spent`. */
function isDominated(words: Int32Array, first: number, spent: OperationSet): boolean {
  for (let at = first; at !== none; at = words[at]!) {
    const length = words[at + 1]!;
    if (length > spent.high) continue;
    let i = 0;
    while (i < length && (words[at + spentHeader + i]! & ~spent.words[i]!) === 0) i++;
    if (i === length) return true;
  }
  return false;
}

/** Twice as long while small; a quarter longer when large, for the budget is spent by what is reserved. */
const grownLength = (length: number): number =>
  length < 2 ** 22 ? 2 * length : Math.ceil(1.25 * length);

interface Arena {
  /** Replaced as it grows: read it anew after each `reserve`. */
  words: Int32Array;
  used(): number;
  /** The index of so many fresh words. */
  reserve(length: number): number;
}

function arena(): Arena {
  let used = 0;
  const self: Arena = {
    words: noWords,
    used: () => used,
    reserve(length) {
      const at = used;
      used += length;
      if (used > self.words.length) {
        const grown = new Int32Array(Math.max(256, used, grownLength(self.words.length)));
        grown.set(self.words);
        self.words = grown;
      }
      return at;
    },
  };
  return self;
}
