/** An order that was found counts only once it was checked, step by step, by nothing but the definition. */
import type { Atom } from '../linearizability/models/values.ts';
import type { ObjectKey, Step } from '../registers/registers.ts';

/**
 * Whether it has all the steps, each once and after the one that it follows, and explains what each observed of registers that
 * hold `initial` at first.
 */
export function isWitness(order: readonly Step[], steps: readonly Step[], initial: Atom): boolean {
  const taken = new Set<Step>();
  const values = new Map<ObjectKey, Atom>();
  const isNext = (step: Step): boolean => {
    const { key, follows, observed, written } = step;
    const isDue = !taken.has(step) && (follows === undefined || taken.has(follows));
    const value = values.has(key) ? values.get(key) : initial;
    taken.add(step);
    if (written !== undefined) values.set(key, written);
    return isDue && (observed === undefined || observed === value);
  };
  return order.every(isNext) && steps.every((step) => taken.has(step));
}
