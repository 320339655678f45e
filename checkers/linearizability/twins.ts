/** Optional operations that do the same: it does not matter which of them is spent, so one order of spending is enough. */
import type { Model } from './model.ts';

/** For each operation, the last one before it with the same effect; -1 for none, and for required operations. */
export function twins(model: Model, calls: readonly unknown[], required: number): Int32Array {
  const twin = new Int32Array(calls.length).fill(-1);
  if (model.effect === undefined || model.equal !== undefined) return twin;
  const last = new Map<unknown, Map<unknown, number>>();
  for (let number = required; number < calls.length; number++) {
    const effect = model.effect(calls[number]);
    if (effect === undefined || 'forbids' in effect) continue;
    const needs = 'needs' in effect ? effect.needs : nothing;
    const leaves = 'leaves' in effect ? effect.leaves : nothing;
    const alike = last.get(needs) ?? new Map<unknown, number>();
    last.set(needs, alike);
    twin[number] = alike.get(leaves) ?? -1;
    alike.set(leaves, number);
  }
  return twin;
}

/** Stands for a part that an effect does not have; no state is equal to it. */
const nothing = Symbol('nothing');
