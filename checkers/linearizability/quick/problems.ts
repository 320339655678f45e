/**
 * The problems of objects in a table, for what is left to a search. They are those that problem.ts makes of operations, made
 * of whole numbers only: the operations themselves, and what the model reads in them, are fetched when somebody asks.
 */
import type { Operation } from '../../../src/core/history/operation.ts';
import type { Effects } from '../effects.ts';
import type { Model } from '../model.ts';
import { problemWith } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { twins } from '../twins.ts';
import { usefulOnes } from '../useful.ts';
import { eventsIn } from './events.ts';
import { atLeaves, atNeeds, isRequired, rowOf } from './table.ts';
import type { Table } from './table.ts';
import type { IsOrder } from './witness.ts';

/** What is not in the table, by an operation's number there. */
export interface Source {
  readonly model: Model;
  readonly operationAt: (number: number) => Operation;
  readonly callOf: (operation: Operation) => unknown;
}

/** Makes the problem of an object. */
export function problemsIn(
  table: Table,
  isOrder: IsOrder,
  source: Source,
): (object: number) => Problem {
  const eventsOf = eventsIn(table);
  const renumber = renumbering(table.values);
  const placeOf = new Int32Array(table.count);
  return (object) => {
    const all = eventsOf(object);
    const count = table.required[object]!;
    const { numbers, effects } = helpfulOf(table, renumber, numbersIn(table, all, count), count);
    const size = numbers.length;
    return problemWith({
      model: source.model,
      size,
      required: count,
      readOnly: Uint8Array.from(effects.leaves, (left) => (left < 0 ? 1 : 0)),
      effects,
      twin: twins(effects, count, size),
      events: renumbered(all, numbers, count, placeOf),
      operations: () => Array.from(numbers, source.operationAt),
      calls: () => Array.from(numbers, (number) => source.callOf(source.operationAt(number))),
      isOrder: (order) =>
        isOrder(
          object,
          order.map((number) => numbers[number]!),
        ),
    });
  };
}

/** Required operations, then optional ones that leave something, each in the order of their calls. */
function numbersIn({ rows }: Table, events: Int32Array, requireds: number): Int32Array {
  const numbers = new Int32Array(events.length - requireds);
  let [next, length] = [0, requireds];
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    if (event < 0) continue;
    if (isRequired(rows, event)) numbers[next++] = event;
    else if (rows[event + atLeaves]! >= 0) numbers[length++] = event;
  }
  return numbers.subarray(0, length);
}

/** Without the optional ones that cannot help. */
function helpfulOf(table: Table, renumber: Renumber, numbers: Int32Array, requireds: number) {
  const effects = effectsIn(table, renumber, numbers);
  const useful = usefulOnes(effects, Int32Array.from(numbers.keys()), requireds);
  if (useful.length === numbers.length) return { numbers, effects };
  const left = useful.map((number) => numbers[number]!);
  return { numbers: left, effects: effectsIn(table, renumber, left) };
}

function effectsIn(table: Table, renumber: Renumber, numbers: Int32Array): Effects {
  const { length } = numbers;
  const { rows } = table;
  const needs = new Int32Array(length);
  const forbids = new Int32Array(length);
  const leaves = new Int32Array(length);
  renumber.begin();
  for (let at = 0; at < length; at++) {
    const number = numbers[at]!;
    needs[at] = renumber.valueOf(rows[number + atNeeds]!);
    forbids[at] = renumber.valueOf(table.forbids[rowOf(number)]! - 1);
    leaves[at] = renumber.valueOf(rows[number + atLeaves]!);
  }
  const unsaid = new Uint8Array(length);
  return { needs, forbids, leaves, unsaid, values: renumber.count(), anyUnsaid: false };
}

type Renumber = ReturnType<typeof renumbering>;

/** Numbers values by their first mention since `begin`, the initial one first; nothing stays nothing. */
function renumbering(values: number) {
  const numberOf = new Int32Array(values);
  /** By value: when it was mentioned. */
  const stampOf = new Int32Array(values);
  let now = 0;
  let count = 0;
  function valueOf(value: number): number {
    if (value < 0) return value;
    if (stampOf[value] !== now) {
      stampOf[value] = now;
      numberOf[value] = count++;
    }
    return numberOf[value]!;
  }
  return {
    begin(): void {
      now++;
      count = 0;
      valueOf(0);
    },
    valueOf,
    count: () => count,
  };
}

/** The events of these operations, by their places among the numbers. */
function renumbered(
  events: Int32Array,
  numbers: Int32Array,
  requireds: number,
  placeOf: Int32Array,
): Int32Array {
  for (let place = 0; place < events.length; place++)
    if (events[place]! >= 0) placeOf[rowOf(events[place]!)] = -1;
  for (let at = 0; at < numbers.length; at++) placeOf[rowOf(numbers[at]!)] = at;
  const left = new Int32Array(numbers.length + requireds);
  let length = 0;
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    const at = placeOf[rowOf(event < 0 ? ~event : event)]!;
    if (at >= 0) left[length++] = event < 0 ? ~at : at;
  }
  return left;
}
