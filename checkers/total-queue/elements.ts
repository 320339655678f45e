/** What is known of each element of a queue: who may have put it in, and who took it out. */
import type { Operation } from '../../src/core/history/operation.ts';
import { listAnswered } from '../claims/values.ts';
import { atom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';

export interface QueueElement {
  readonly element: Atom;
  /** Enqueues that happened or may have. */
  readonly put: Operation[];
  /** Those of them that are known to have happened. */
  readonly acknowledged: Operation[];
  readonly failed: Operation[];
  /** A dequeue or a drain for each time that it came out. */
  readonly taken: Operation[];
}

/** Every element that was put in or came out. */
export function elementsIn(operations: readonly Operation[]): ReadonlyMap<Atom, QueueElement> {
  const elements = new Map<Atom, QueueElement>();
  const of = (value: unknown): QueueElement => {
    const element = atom(value);
    const known = elements.get(element) ?? fresh(element);
    elements.set(element, known);
    return known;
  };
  for (const operation of operations) {
    if (operation.f === 'enqueue') {
      const { put, acknowledged, failed } = of(operation.input);
      (operation.outcome === 'fail' ? failed : put).push(operation);
      if (operation.outcome === 'ok') acknowledged.push(operation);
    } else if (operation.outcome === 'ok') {
      for (const value of takenBy(operation)) of(value).taken.push(operation);
    }
  }
  return elements;
}

const fresh = (element: Atom): QueueElement => ({
  element,
  put: [],
  acknowledged: [],
  failed: [],
  taken: [],
});

/** A dequeue that answers nothing has found the queue empty. */
function takenBy(operation: Operation): readonly unknown[] {
  if (operation.f === 'drain') return listAnswered(operation);
  return foundNothing(operation) ? [] : [operation.output];
}

const foundNothing = ({ output }: Operation): boolean => output === null || output === undefined;

/** The last operation that saw the queue empty: a drain, or a dequeue that found nothing. */
export const lastSeenEmpty = (operations: readonly Operation[]): Operation | undefined =>
  operations.findLast(
    (operation) =>
      (operation.f === 'drain' && operation.outcome === 'ok') ||
      (operation.f === 'dequeue' &&
        ((operation.outcome === 'ok' && foundNothing(operation)) || wasRefusedAsEmpty(operation))),
  );

const wasRefusedAsEmpty = ({ outcome, error }: Operation): boolean =>
  outcome === 'fail' && (error === 'empty' || error === 'exhausted');

/**
 * How many elements may have been taken before `empty` ended by those of whom nobody knows: one by a dequeue, any number by a
 * drain.
 */
export function mayHaveTaken(operations: readonly Operation[], empty: Operation): number {
  const takers = operations.filter(
    ({ f, outcome, invokeIndex }) =>
      f !== 'enqueue' && outcome === 'info' && invokeIndex < empty.completeIndex!,
  );
  return takers.some(({ f }) => f === 'drain') ? Number.POSITIVE_INFINITY : takers.length;
}
