/** Which order of a counterexample is shown for which operation, and what part each operation plays in an order. */
import type { DrawnCounterexample } from '../../evidence-model.ts';

/**
 * In an order; `blocked`: the order waits for it and cannot go on; `stuck`: it had begun too and is not in the order;
 * `outside`: it had not begun, or has no part in it.
 */
export type Part = 'ordered' | 'blocked' | 'stuck' | 'outside';

/** The operation that the order at that place waits for; of the whole where there is no order. */
export const blockedIn = ({ partials, blocked }: DrawnCounterexample, at: number): number =>
  partials[at]?.stuck[0]?.place ?? blocked;

/** The part of each operation in the order at that place. */
export function partsIn(found: DrawnCounterexample, at: number): Part[] {
  const { operations, partials } = found;
  const parts = operations.map((): Part => 'outside');
  for (const { place } of partials[at]?.steps ?? []) parts[place] = 'ordered';
  for (const { place } of partials[at]?.stuck ?? []) parts[place] = 'stuck';
  parts[blockedIn(found, at)] = 'blocked';
  return parts;
}

/** The longest order that has the operation, the one at `chosen` if that does; undefined where none has it. */
export function longestWith(
  { partials }: DrawnCounterexample,
  place: number,
  chosen: number,
): number | undefined {
  const has = (at: number) => partials[at]?.steps.some((step) => step.place === place) ?? false;
  if (has(chosen)) return chosen;
  const length = (at: number) => partials[at]!.steps.at(-1)!.number;
  return [...partials.keys()].filter(has).toSorted((a, b) => length(b) - length(a))[0];
}

/** All operations as keys go through them: along the order, then what cannot follow it, then the others. */
export function walkOf(found: DrawnCounterexample, at: number): number[] {
  const { steps = [], stuck = [] } = found.partials[at] ?? {};
  const first = [...steps, ...stuck].map(({ place }) => place);
  return [...new Set([...first, ...found.operations.keys()])];
}
