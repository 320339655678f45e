/** Optional operations that do the same: it does not matter which of them is spent, so one order of spending is enough. */
import type { Effects } from './effects.ts';

/** For each operation, the last one before it with the same effect; -1 for none, and for required operations. */
export function twins(effects: Effects | undefined, required: number, count: number): Int32Array {
  const twin = new Int32Array(count).fill(-1);
  if (effects === undefined || required === count) return twin;
  const { needs, forbids, leaves, unsaid, values } = effects;
  const last = new Map<number, number>();
  for (let number = required; number < count; number++) {
    if (unsaid[number] === 1 || forbids[number]! >= 0) continue;
    const alike = needs[number]! * (values + 1) + leaves[number]!;
    twin[number] = last.get(alike) ?? -1;
    last.set(alike, number);
  }
  return twin;
}
