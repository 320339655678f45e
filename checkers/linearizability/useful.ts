/**
 * Which optional operations can help at all.
 *
 * An unknown write of 7 helps only if some operation needs a 7: a read that saw it, a compare-and-set that expected it.
 * If none does, then whatever follows it in an order does not look at the state, and the order is as good without it. So
 * it is left out, and then perhaps what only it needed, and so on. Most unknown operations of a register with unique
 * values go this way, before any search.
 *
 * The model says what a call needs and leaves (effects.ts). If it cannot say so for one of the calls, as for a refused
 * compare-and-set, which needs anything but one value, then nothing is left out.
 */
import type { Effects } from './effects.ts';

/** Of these operations, required ones before optional ones, the number of each that must be kept, in their order. */
export function usefulOnes(
  effects: Effects | undefined,
  numbers: Int32Array,
  required: number,
): Int32Array {
  if (effects === undefined || required === numbers.length) return numbers;
  const { needs, forbids, leaves, unsaid } = effects;
  const needed = new Int32Array(effects.values);
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at]!;
    if (unsaid[number] === 1 || forbids[number]! >= 0) return numbers;
    if (needs[number]! >= 0) needed[needs[number]!]!++;
  }
  let useful = numbers;
  for (let before = -1; useful.length !== before;) {
    before = useful.length;
    useful = useful.filter((number, at) => {
      if (at < required || leaves[number]! < 0 || needed[leaves[number]!]! > 0) return true;
      if (needs[number]! >= 0) needed[needs[number]!]!--;
      return false;
    });
  }
  return useful;
}
