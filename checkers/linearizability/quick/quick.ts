/** What can be decided of a history in columns, cheapest way first; whatever cannot is left to a search. */
import { BudgetEnded } from '../../claims/patience.ts';
import type { Patience } from '../../claims/patience.ts';
import { noEvent } from './columns.ts';
import type { Columns } from './columns.ts';
import { greedy } from './greedy.ts';
import { witnessed } from './witness.ts';
import { zonesOf } from './zones.ts';

export interface Quick {
  readonly violations: readonly Violation[];
  /** The objects that are left. */
  readonly undecided: readonly number[];
}

/** An object that has no order, and the operation whose return contradicts what comes before it. */
interface Violation {
  readonly object: number;
  readonly blocked: number;
}

/** Every order that is found is checked before it counts. Once the budget is over, what is not decided stays so. */
export function judgeQuickly(columns: Columns, patience: Patience): Quick {
  const violations: Violation[] = [];
  const isDecided = new Uint8Array(columns.keys.length);
  try {
    decide(columns, patience, violations, isDecided);
  } catch (thrown) {
    if (!(thrown instanceof BudgetEnded)) throw thrown;
  }
  for (const { object } of violations) isDecided[object] = 1;
  return { violations, undecided: placesOf(isDecided, 0) };
}

function decide(
  columns: Columns,
  patience: Patience,
  violations: Violation[],
  isDecided: Uint8Array,
): void {
  const { solved, order } = greedy(columns, patience);
  const hard = placesOf(solved, 0);
  const orders: Int32Array[] = [order];
  const zones = zonesOf(columns, patience);
  for (const [at, events] of eventsOf(columns, hard).entries()) {
    const object = hard[at]!;
    const outcome = zones(events);
    if (outcome.kind === 'order') orders.push(outcome.order);
    if (outcome.kind === 'none') violations.push({ object, blocked: outcome.blocked });
  }
  isDecided.set(witnessed(columns, orders, solved, patience));
}

const placesOf = (flags: Uint8Array, wanted: number): number[] =>
  Array.from(flags.keys()).filter((place) => flags[place] === wanted);

/** The events of each of these objects, in their order; of all there are, when there is one object. */
function eventsOf({ events, objectOf, keys }: Columns, objects: readonly number[]): Int32Array[] {
  if (objects.length === 0) return [];
  if (keys.length === 1) return [events];
  const placeOf = new Int32Array(keys.length).fill(-1);
  for (const [place, object] of objects.entries()) placeOf[object] = place;
  const counts = new Int32Array(objects.length);
  const each = (visit: (place: number, event: number) => void): void => {
    for (const event of events) {
      const place = event === noEvent ? -1 : placeOf[objectOf[event < 0 ? ~event : event]!]!;
      if (place >= 0) visit(place, event);
    }
  };
  each((place) => void counts[place]!++);
  const lists = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  each((place, event) => void (lists[place]![counts[place]!++] = event));
  return lists;
}
