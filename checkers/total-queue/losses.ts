/**
 * What must have been inside when the queue was seen empty.
 *
 * Each time it was seen so, all that had been acknowledged and never came out must have been taken by those of whom nobody
 * knows, and who had begun by then: one by each dequeue, any number by a drain. What is more than they can have taken is lost.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import { sightingsOfEmpty } from './elements.ts';
import type { QueueElement } from './elements.ts';

export interface Missing {
  /** The operation that saw the queue empty. */
  readonly empty: Operation;
  /** The acknowledged enqueues of what had not come out. */
  readonly enqueues: readonly Operation[];
  /** How many of these nobody can have taken; none or fewer where all may have been. */
  readonly lost: number;
}

/** Where most are lost, or else when the queue was last seen empty; undefined if it never was. */
export function missingFrom(
  operations: readonly Operation[],
  elements: readonly QueueElement[],
): Missing | undefined {
  const surplus = elements
    .flatMap(({ acknowledged, taken }) => acknowledged.toSorted(byCompletion).slice(taken.length))
    .toSorted(byCompletion);
  const acknowledgedAt = surplus.map(({ completeIndex }) => completeIndex!);
  const unknown = operations.filter(({ f, outcome }) => f !== 'enqueue' && outcome === 'info');
  const dequeuesAt = unknown.filter(({ f }) => f === 'dequeue').map((each) => each.invokeIndex);
  const drain = unknown.find(({ f }) => f === 'drain')?.invokeIndex ?? Infinity;
  let worst: Missing | undefined;
  for (const empty of sightingsOfEmpty(operations)) {
    const ended = empty.completeIndex!;
    const count = countBelow(acknowledgedAt, empty.invokeIndex);
    const takers = drain < ended ? Infinity : countBelow(dequeuesAt, ended);
    const lost = count - takers;
    if (worst === undefined || lost > worst.lost || worst.lost <= 0)
      worst = { empty, enqueues: surplus.slice(0, count), lost };
  }
  return worst;
}

const byCompletion = (a: Operation, b: Operation): number => a.completeIndex! - b.completeIndex!;

/** How many of the sorted numbers are smaller. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
