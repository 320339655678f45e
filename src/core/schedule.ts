/**
 * A schedule: the operations and faults of a run's load, one by one, in place of generators that draw them.
 *
 * It is taken from a recorded history (`scheduleOf`), played by `src/generator/scheduled.ts`, and made smaller by a shrinker. What it does not say is what
 * the cluster makes of it: that is up to the machine, or under the simulator up to the seed.
 */
import { isNemesis, phaseProcess } from './history/entry.ts';
import type { Entry, Key } from './history/entry.ts';
import type { ThreadId } from './seams/generator.ts';

export interface Schedule {
  /** In the order of their times. */
  readonly operations: readonly ScheduledOperation[];
  /**
   * Whether recovery and final reads follow the load. Without them nothing is said about liveness, and a violation of safety
   * that the load alone shows needs neither.
   */
  readonly calm: boolean;
}

/** A client's operation, or a nemesis's `start` or `stop`. */
export interface ScheduledOperation {
  /** Since the load began. A thread that is not free then takes it as soon as it is, and its later ones after it. */
  readonly atNs: number;
  readonly thread: ThreadId;
  readonly f: string;
  readonly key?: Key;
  readonly value: unknown;
}

/** Whether it is a nemesis's. */
export const isFault = ({ thread }: Pick<ScheduledOperation, 'thread'>): boolean =>
  typeof thread === 'string';

/** What the load of a recorded history asked for. `concurrency` is the number of client threads that recorded it. */
export function scheduleOf(entries: readonly Entry[], concurrency: number): Schedule {
  const marks = entries.filter(({ process }) => process === phaseProcess);
  const load = marks.find(({ f }) => f === 'load');
  const heal = marks.find(({ f }) => f === 'heal');
  const within = load === undefined ? [] : entries.slice(load.index, heal?.index ?? entries.length);
  const operations = within.flatMap((entry): ScheduledOperation[] => {
    const thread = threadOf(entry, concurrency);
    if (entry.type !== 'invoke' || thread === undefined) return [];
    const { timeNs, f, key, value } = entry;
    const atNs = timeNs - load!.timeNs;
    return [{ atNs, thread, f, ...(key === undefined ? {} : { key }), value }];
  });
  return { operations, calm: true };
}

/** Thread t has been process t, t + n, t + 2n … */
function threadOf({ process }: Entry, concurrency: number): ThreadId | undefined {
  if (typeof process === 'number') return process % concurrency;
  return isNemesis(process) ? process : undefined;
}
