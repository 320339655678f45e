/**
 * Who still needs a value, and who can still bring it: two counts that let a search of a register turn back early.
 *
 *   Stranded. To leave value v is fatal when a required operation that has not taken effect still needs v, and no
 *   operation is left that leaves v: neither pending, nor later, nor unknown.
 *
 *   Idle. A pending write of a value that nobody can need any more may take effect directly before another write, for
 *   nothing can stand between them that would notice. Not so while a refused compare-and-set is about: it needs the
 *   value to be *anything but* one, and an idle write may be what made it so.
 *
 *     write 1 ends; then at once: write 2, write 3, and a compare-and-set 1 → 9 that is refused. Were write 2 idle
 *     before write 3, the order "write 2, refused, write 3" would still be there; but where write 3 is of 1 again,
 *     only "write 2, refused, write 1" explains it, and "write 2, write 1" has no place for the refusal.
 */
import type { Effects } from '../effects.ts';
import type { Problem } from '../problem.ts';

export interface Values extends Effects {
  taken(operation: number): void;
  /** The mirror image of `taken`. */
  putBack(operation: number): void;
  /** Whether to leave `state` by this operation is fatal. */
  strands(state: number, operation: number): boolean;
  /** Whether nobody is left to bring this value. */
  isLost(value: number): boolean;
  /** Whether a pending required operation is a write that nobody can notice, if it comes directly before another write. */
  isIdleWrite(operation: number): boolean;
}

/** Counts for a problem of which nothing has taken effect. */
export function valuesOf({ required, size }: Problem, effects: Effects): Values {
  const { needs, forbids, leaves, values } = effects;
  const neededByRequired = new Int32Array(values);
  const neededByOptional = new Int32Array(values);
  const producers = new Int32Array(values);
  const anyForbids = forbids.some((value) => value >= 0);

  function count(operation: number, by: 1 | -1): void {
    const needed = needs[operation]!;
    if (needed >= 0) {
      if (operation < required) neededByRequired[needed]! += by;
      else neededByOptional[needed]! += by;
    }
    const left = leaves[operation]!;
    if (left >= 0) producers[left]! += by;
  }

  for (let operation = 0; operation < size; operation++) count(operation, 1);
  return {
    ...effects,
    taken: (operation) => count(operation, -1),
    putBack: (operation) => count(operation, 1),
    strands(state, operation) {
      if (producers[state]! > 0) return false;
      const itself = operation < required && needs[operation] === state ? 1 : 0;
      return neededByRequired[state]! > itself;
    },
    isLost: (value) => producers[value] === 0,
    isIdleWrite(operation) {
      if (anyForbids || needs[operation]! >= 0) return false;
      const value = leaves[operation]!;
      return neededByRequired[value] === 0 && neededByOptional[value] === 0;
    },
  };
}
