/**
 * The events of an object: an operation's number for its call, the complement (`~`) of it for its return. Of what says nothing
 * there is neither, of what may have happened only the call.
 *
 * A table has calls in their order. Returns are put between them by a heap of those that are still to come, which are never
 * more than operations are open at once; one that comes before the next call needs none.
 */
import { atEnd, atInvoked, rowLength, silent, sizeOf } from './table.ts';
import type { Table } from './table.ts';

/** Gives the events of one object at a time, good until the next is asked for. */
export function eventsIn(table: Table): (object: number) => Int32Array {
  const largest = table.keys.reduce<number>(
    (most, _, object) => Math.max(most, sizeOf(table, object)),
    0,
  );
  const events = new Int32Array(2 * largest);
  const returns = returnsOf(largest);
  return (object) => {
    const { begins, rows } = table;
    const end = begins[object + 1]!;
    let length = 0;
    for (let number = begins[object]!; number < end; number += rowLength) {
      const completed = rows[number + atEnd]!;
      if (completed === silent) continue;
      const invoked = rows[number + atInvoked]!;
      while (returns.count > 0 && returns.places[0]! < invoked)
        events[length++] = ~takeFirst(returns);
      events[length++] = number;
      if (completed < 0) continue;
      const next = number + rowLength;
      const isAlone = returns.count === 0 && next < end && completed < rows[next + atInvoked]!;
      if (isAlone) events[length++] = ~number;
      else add(returns, number, completed);
    }
    while (returns.count > 0) events[length++] = ~takeFirst(returns);
    return events.subarray(0, length);
  };
}

/** A binary heap of operations, the one that returns first on top. */
interface Returns {
  count: number;
  readonly places: Int32Array;
  readonly numbers: Int32Array;
}

const returnsOf = (room: number): Returns => ({
  count: 0,
  places: new Int32Array(room),
  numbers: new Int32Array(room),
});

function add(returns: Returns, number: number, place: number): void {
  const { places, numbers } = returns;
  let at = returns.count++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (places[parent]! <= place) break;
    places[at] = places[parent]!;
    numbers[at] = numbers[parent]!;
    at = parent;
  }
  places[at] = place;
  numbers[at] = number;
}

function takeFirst(returns: Returns): number {
  const { places, numbers } = returns;
  const first = numbers[0]!;
  const count = --returns.count;
  const [place, number] = [places[count]!, numbers[count]!];
  let at = 0;
  for (let child = 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && places[child + 1]! < places[child]!) child++;
    if (places[child]! >= place) break;
    places[at] = places[child]!;
    numbers[at] = numbers[child]!;
    at = child;
  }
  places[at] = place;
  numbers[at] = number;
  return first;
}
