/**
 * The steps that were tried: from a state by a class of calls to a state, or to none. A hash table, for a row for each state
 * would take as much for what is never tried, and a history of many different calls would fill any memory with that.
 */
import { scramble } from '../operation-set.ts';

export interface Transitions {
  /** What was noted; `untried` if nothing was. */
  get(state: number, group: number): number;
  /** Must not be noted yet. */
  note(state: number, group: number, after: number): void;
  bytes(): number;
}

/** No state, and not -1, which stands for an illegal step. */
export const untried = -2;

/** An entry: the state, the class, the state after. */
const width = 3;
const vacant = -1;

/** Nothing was tried yet. */
export function transitions(): Transitions {
  let slots = new Int32Array(width * 64).fill(vacant);
  let count = 0;

  function placeOf(state: number, group: number): number {
    const mask = slots.length / width - 1;
    let slot = (scramble(state) + Math.imul(group, 0x9e3779b1)) & mask;
    for (;;) {
      const at = slot * width;
      if (slots[at] === vacant || (slots[at] === state && slots[at + 1] === group)) return at;
      slot = (slot + 1) & mask;
    }
  }

  function write(state: number, group: number, after: number): void {
    const at = placeOf(state, group);
    slots[at] = state;
    slots[at + 1] = group;
    slots[at + 2] = after;
  }

  function grow(): void {
    const old = slots;
    slots = new Int32Array(2 * old.length).fill(vacant);
    for (let at = 0; at < old.length; at += width)
      if (old[at] !== vacant) write(old[at]!, old[at + 1]!, old[at + 2]!);
  }

  return {
    get(state, group) {
      const at = placeOf(state, group);
      return slots[at] === vacant ? untried : slots[at + 2]!;
    },
    note(state, group, after) {
      write(state, group, after);
      if (++count * 2 > slots.length / width) grow();
    },
    // While it grows, the old and the new copy are both there.
    bytes: () => 12 * slots.length,
  };
}
