/**
 * Which optional operations can help at all.
 *
 * An unknown write of 7 helps only if some operation needs a 7: a read that saw it, a compare-and-set that expected it.
 * If none does, then whatever follows it in an order does not look at the state, and the order is as good without it. So
 * it is left out, and then perhaps what only it needed, and so on. Most unknown operations of a register with unique
 * values go this way, before any search.
 *
 * The model says what a call needs and leaves (`effect`). If it cannot say so for one of the calls, as for a refused
 * compare-and-set, which needs anything but one value, then nothing is left out.
 */
import type { Model } from './model.ts';

/** For each of the optional calls, whether it must be kept. */
export function usefulOnes(
  model: Model,
  required: readonly unknown[],
  optional: readonly unknown[],
): boolean[] {
  const useful = optional.map(() => true);
  if (optional.length === 0 || model.effect === undefined || model.equal !== undefined)
    return useful;
  const effects = [...required, ...optional].map((call) => model.effect?.(call));
  const needed = new Map<unknown, number>();
  for (const effect of effects) {
    if (effect === undefined || 'forbids' in effect) return useful;
    if ('needs' in effect) needed.set(effect.needs, (needed.get(effect.needs) ?? 0) + 1);
  }
  for (let changed = true; changed;) {
    changed = false;
    for (const [i, isUseful] of useful.entries()) {
      const effect = effects[required.length + i]!;
      if (!isUseful || !('leaves' in effect) || (needed.get(effect.leaves) ?? 0) > 0) continue;
      useful[i] = false;
      changed = true;
      if ('needs' in effect) needed.set(effect.needs, needed.get(effect.needs)! - 1);
    }
  }
  return useful;
}
