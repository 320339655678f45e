/** What can be decided of a history in a table, cheapest way first; whatever cannot is left to a search. */
import { BudgetEnded } from '../../claims/patience.ts';
import type { Patience } from '../../claims/patience.ts';
import { eventsIn } from './events.ts';
import type { Table } from './table.ts';
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
export function judgeQuickly(table: Table, isOrder: IsOrder, patience: Patience): Quick {
  const violations: Violation[] = [];
  const undecided: number[] = [];
  const eventsOf = eventsIn(table);
  const pass = passOver(table);
  const zones = zonesOf(table, patience);
  const judge = (object: number): void => {
    const events = eventsOf(object);
    const outcome = greedy(pass, events, patience) ?? zones(events);
    if (outcome === 'unfit') undecided.push(object);
    else if ('blocked' in outcome) violations.push({ object, blocked: outcome.blocked });
    else if (!isOrder(object, outcome)) undecided.push(object);
  };
  let object = 0;
  try {
    for (; object < table.keys.length; object++) judge(object);
  } catch (thrown) {
    if (!(thrown instanceof BudgetEnded)) throw thrown;
    for (; object < table.keys.length; object++) undecided.push(object);
  }
  return { violations, undecided };
}
