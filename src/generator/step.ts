/**
 * What every combinator is made of: steps built, and steps passed on with the generators after them rebuilt.
 *
 * Two rules keep combinators composable. A pending answer is adopted (its `next` is kept), so that a child's clock
 * starts when it is first asked. An operation that is not taken is dropped together with its `next`: the child is asked
 * again later and, being pure, says the same.
 */
import type { Entry } from '../core/history/entry.ts';
import type { Generator, GeneratorContext, OperationSpec, Step } from '../core/seams/generator.ts';

export const done: Step = { kind: 'done' };

/** The generator that has nothing to do. */
export const nothing: Generator = { step: () => done, update: () => nothing };

/** This operation now, and `next` after it. */
export const operationStep = (operation: OperationSpec, next: Generator): Step => ({
  kind: 'operation',
  operation,
  next,
});

/** Nothing now; `untilNs` is left out when only a completion can change that. Clocks count whole nanoseconds. */
export const pending = (next: Generator, untilNs?: number): Step =>
  untilNs === undefined
    ? { kind: 'pending', next }
    : { kind: 'pending', untilNs: Math.ceil(untilNs), next };

/** The same step, with the generator after it rebuilt; `taken` tells whether an operation was emitted. */
export function passOn(step: Step, rebuild: (next: Generator, taken: boolean) => Generator): Step {
  switch (step.kind) {
    case 'operation':
      return operationStep(step.operation, rebuild(step.next, true));
    case 'pending':
      return pending(rebuild(step.next, false), step.untilNs);
    case 'done':
      return done;
  }
}

/** Tells the one child of `self`; most children do not care, and then `self` stays as it is. */
export function inform(
  self: Generator,
  child: Generator,
  context: GeneratorContext,
  entry: Entry,
  rebuild: (next: Generator) => Generator,
): Generator {
  const next = child.update(context, entry);
  return next === child ? self : rebuild(next);
}

/** Tells every child; the same array when none of them cares. */
export function informAll(
  children: readonly Generator[],
  context: GeneratorContext,
  entry: Entry,
): readonly Generator[] {
  let informed: Generator[] | undefined;
  for (let i = 0; i < children.length; i++) {
    const next = children[i]!.update(context, entry);
    if (next !== children[i]) (informed ??= [...children])[i] = next;
  }
  return informed ?? children;
}

/** The earliest of the times that are still to come; a time that has passed wakes nobody. */
export function earliest(
  nowNs: number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  const first = a !== undefined && a > nowNs ? a : undefined;
  const second = b !== undefined && b > nowNs ? b : undefined;
  return first === undefined || (second !== undefined && second < first) ? second : first;
}

/** The n-th item replaced, in a copy. */
export function replaceAt<T>(items: readonly T[], n: number, item: T): T[] {
  const copy = [...items];
  copy[n] = item;
  return copy;
}
