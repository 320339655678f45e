/** What can be decided of a history in columns, cheapest way first; whatever cannot is left to a search. */
import { noEvent } from './columns.ts';
import type { Columns } from './columns.ts';
import { greedy } from './greedy.ts';
import { witnessed } from './witness.ts';
import { zonesOf } from './zones.ts';

export interface Quick {
  /** The objects that have no order, each with the operation whose return contradicts what comes before it. */
  readonly violations: readonly { readonly object: number; readonly blocked: number }[];
  /** The objects that are left. */
  readonly undecided: readonly number[];
}

/** Every order that is found is checked before it counts. */
export function judgeQuickly(columns: Columns): Quick {
  const { solved, order } = greedy(columns);
  const orders: Int32Array[] = [order.filter((each) => solved[columns.objectOf[each]!] === 1)];
  const violations: Quick['violations'][number][] = [];
  const hard = [...solved.keys()].filter((object) => solved[object] === 0);
  if (hard.length > 0) {
    const zones = zonesOf(columns);
    for (const [at, events] of eventsOf(columns, hard).entries()) {
      const object = hard[at]!;
      const outcome = zones(events);
      if (outcome.kind === 'order') orders.push(outcome.order);
      if (outcome.kind === 'none') violations.push({ object, blocked: outcome.blocked });
    }
  }
  const isRight = witnessed(columns, orders);
  for (const { object } of violations) isRight[object] = 1;
  return { violations, undecided: [...isRight.keys()].filter((object) => isRight[object] === 0) };
}

/** The events of each of these objects, in their order; of all there are, when there is one object. */
function eventsOf({ events, objectOf, keys }: Columns, objects: readonly number[]): Int32Array[] {
  if (keys.length === 1) return [events];
  const placeOf = new Int32Array(keys.length).fill(-1);
  for (const [place, object] of objects.entries()) placeOf[object] = place;
  const counts = new Int32Array(objects.length);
  const each = (visit: (place: number, event: number) => void): void => {
    if (objects.length === 0) return;
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
