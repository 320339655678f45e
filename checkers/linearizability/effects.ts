/**
 * What the calls of a problem need of the state and leave of it, in whole numbers: told once by the model, and only picked
 * from where a weaker problem is made of the problem.
 */
import type { Model } from './model.ts';

/** By operation, the number of a value; `nothing` for none. What never changes a state leaves nothing. */
export interface Effects {
  readonly needs: Int32Array;
  readonly forbids: Int32Array;
  readonly leaves: Int32Array;
  /** How many values there are; 0 is the initial one. */
  readonly values: number;
  /** 1 for a call of which the model says no effect: it may do anything. */
  readonly unsaid: Uint8Array;
  /** Whether there is such a call. */
  readonly anyUnsaid: boolean;
}

export const nothing = -1;

/** Undefined for models that tell no effects, or whose states are equal by rules of their own. */
export function effectsOf(
  model: Model,
  calls: readonly unknown[],
  readOnly: Uint8Array,
): Effects | undefined {
  if (model.effect === undefined || model.equal !== undefined) return undefined;
  const numbers = new Map<unknown, number>([[model.initial, 0]]);
  const numberOf = (value: unknown): number => {
    const known = numbers.get(value);
    if (known === undefined) numbers.set(value, numbers.size);
    return known ?? numbers.size - 1;
  };
  const effects = noEffects(calls.length);
  let anyUnsaid = false;
  for (let number = 0; number < calls.length; number++) {
    const effect = model.effect(calls[number]);
    if (effect === undefined) {
      effects.unsaid[number] = 1;
      anyUnsaid = true;
      continue;
    }
    if ('needs' in effect) effects.needs[number] = numberOf(effect.needs);
    if ('forbids' in effect) effects.forbids[number] = numberOf(effect.forbids);
    if ('leaves' in effect && readOnly[number] === 0)
      effects.leaves[number] = numberOf(effect.leaves);
  }
  return { ...effects, values: numbers.size, anyUnsaid };
}

const noEffects = (length: number) => ({
  needs: new Int32Array(length).fill(nothing),
  forbids: new Int32Array(length).fill(nothing),
  leaves: new Int32Array(length).fill(nothing),
  unsaid: new Uint8Array(length),
});

/** The effects of some of the operations, in the order of these numbers. */
export function effectsAt(effects: Effects, numbers: Int32Array): Effects {
  const picked = noEffects(numbers.length);
  let anyUnsaid = false;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at]!;
    picked.needs[at] = effects.needs[number]!;
    picked.forbids[at] = effects.forbids[number]!;
    picked.leaves[at] = effects.leaves[number]!;
    picked.unsaid[at] = effects.unsaid[number]!;
    if (effects.unsaid[number] === 1) anyUnsaid = true;
  }
  return { ...picked, values: effects.values, anyUnsaid };
}
