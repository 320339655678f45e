/** What can be decided of a history in columns, cheapest way first; whatever cannot is left to a search. */
import { BudgetEnded } from '../../claims/patience.ts';
import type { Patience } from '../../claims/patience.ts';
import { eventsOf } from './by-object.ts';
import type { Objects } from './by-object.ts';
import type { Columns } from './columns.ts';
import { greedy, passOver } from './greedy.ts';
import type { IsOrder } from './witness.ts';
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

/** Every order that is found is checked before it counts, by `isOrder`. Once the budget is over, what is not decided stays so. */
export function judgeQuickly(
  columns: Columns,
  objects: Objects,
  isOrder: IsOrder,
  patience: Patience,
): Quick {
  const violations: Violation[] = [];
  const undecided: number[] = [];
  const pass = passOver(columns);
  const zones = zonesOf(columns, patience);
  const judge = (object: number): void => {
    const events = eventsOf(objects, object);
    const outcome = greedy(pass, events, patience) ?? zones(events);
    if (outcome === 'unfit') undecided.push(object);
    else if ('blocked' in outcome) violations.push({ object, blocked: outcome.blocked });
    else if (!isOrder(object, objects.required[object]!, outcome)) undecided.push(object);
  };
  let object = 0;
  try {
    for (; object < columns.keys.length; object++) judge(object);
  } catch (thrown) {
    if (!(thrown instanceof BudgetEnded)) throw thrown;
    for (; object < columns.keys.length; object++) undecided.push(object);
  }
  return { violations, undecided };
}
