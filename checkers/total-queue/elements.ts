/** What is known of each element of a queue: who may have put it in, and who took it out. */
import type { Operation } from '../../src/core/history/operation.ts';
import { listAnswered, unreadable } from '../claims/values.ts';
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

/** Every element that was put in or came out. Nothing is no element, for it is the answer of an empty queue: a `data` error. */
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
      if (isNothing(operation.input)) throw unreadable(operation, operation.input, 'an element');
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
  if (operation.f !== 'drain') return isNothing(operation.output) ? [] : [operation.output];
  const all = listAnswered(operation);
  if (all.some(isNothing))
    throw unreadable(operation, all, 'a list of elements', operation.completeIndex);
  return all;
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** All that saw the queue empty, in the order of their invocations: drains, and dequeues that found nothing. */
export const sightingsOfEmpty = (operations: readonly Operation[]): Operation[] =>
  operations.filter(
    (operation) =>
      (operation.f === 'drain' && operation.outcome === 'ok') ||
      (operation.f === 'dequeue' &&
        ((operation.outcome === 'ok' && isNothing(operation.output)) ||
          wasRefusedAsEmpty(operation))),
  );

const wasRefusedAsEmpty = ({ outcome, error }: Operation): boolean =>
  outcome === 'fail' && (error === 'empty' || error === 'exhausted');
