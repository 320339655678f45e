/**
 * Where a walk has no future, by what the model says is out of reach (`canReach`, `leadsTo`).
 *
 * Before an operation that has not taken effect, only what is pending or called before its return can. So if its answer is
 * out of reach of the state, and nothing of that resets the state for it, then no order goes on from here. It is asked of the
 * operation at which the walk is stuck, of all readers that wait, and of those that return next, called or not: where "x" and "y" are being
 * appended and a get of "yx" follows, the state "x" is lost although nobody has asked yet, and everything that would be tried
 * until then with it.
 *
 * And what has returned before a reader is called comes before it. So an operation that is pending and on no way from this
 * state to the answer of that reader has missed its moment: where "z" is being appended and the next to ask is answered "xy",
 * it must come before the put of "x". Were that noticed only when it returns, all that is open meanwhile would be tried
 * before the put and after it.
 */
import { has } from '../operation-set.ts';
import type { Problem } from '../problem.ts';
import type { Rules } from './rules.ts';
import type { Walk } from './walk.ts';

export interface Reach {
  /** Whether the operation at which the walk is stuck, or a reader that waits, however long yet, can never return. */
  isAnyWaitingLost(): boolean;
  /** Whether one of the readers that return next can never return; asked as soon as something took effect. */
  isAnyReaderLost(count: number): boolean;
  /** A pending operation that can take effect no more, as it must before some reader, and is on no way to that; -1 for none. */
  belated(): number;
}

/** `returnOf` has the place of each return. */
export function reachOf(problem: Problem, rules: Rules, walk: Walk, returnOf: Int32Array): Reach {
  const { events, required, model } = problem;
  const { pending } = walk;
  const { readers, firstAt } = readersByReturn(problem);
  const readerAfter = readersAfter(problem);
  /** By operation: what reset the state for it when that was asked last. It most likely does so still. */
  const resetBy = new Int32Array(problem.size).fill(-1);

  const isSpent = (operation: number): boolean =>
    operation < required ? has(walk.required, operation) : has(walk.spent, operation - required);

  function resetsIn(ring: number, asked: number): number {
    for (let each = pending.next[ring]!; each !== ring; each = pending.next[each]!)
      if (rules.resets(walk.state(), each, asked)) return each;
    return -1;
  }

  function resetsBefore(place: number, asked: number): number {
    for (let at = walk.at(); at < place; at++)
      if (events[at]! >= 0 && rules.resets(walk.state(), events[at]!, asked)) return events[at]!;
    return -1;
  }

  function isReset(asked: number): boolean {
    const known = resetBy[asked]!;
    if (known >= 0 && !isSpent(known) && rules.resets(walk.state(), known, asked)) return true;
    let by = resetsIn(pending.changers, asked);
    if (by < 0) by = resetsIn(pending.optionals, asked);
    if (by < 0) by = resetsBefore(returnOf[asked]!, asked);
    resetBy[asked] = by;
    return by >= 0;
  }

  const isLost = (operation: number): boolean =>
    !rules.canReach(walk.state(), operation) && !isReset(operation);

  return {
    isAnyWaitingLost() {
      if (isLost(~events[walk.at()]!)) return true;
      const { next, readers: waiting } = pending;
      for (let each = next[waiting]!; each !== waiting; each = next[each]!)
        if (isLost(each)) return true;
      return false;
    },
    isAnyReaderLost(count) {
      let left = count;
      for (let next = firstAt[walk.at()]!; next < readers.length && left > 0; next++) {
        const reader = readers[next]!;
        if (has(walk.required, reader)) continue;
        if (isLost(reader)) return true;
        left--;
      }
      return false;
    },
    belated() {
      if (model.leadsTo === undefined) return -1;
      const { next, changers } = pending;
      for (let each = next[changers]!; each !== changers; each = next[each]!) {
        const reader = readerAfter[each]!;
        if (reader >= 0 && !rules.leadsTo(walk.state(), each, reader) && !isReset(reader))
          return each;
      }
      return -1;
    },
  };
}

/** Required read-only operations, and by the place of an event, the first of them that returns from there on. */
function readersByReturn({ events, readOnly }: Problem) {
  const readers: number[] = [];
  const firstAt = new Int32Array(events.length);
  for (let place = 0; place < events.length; place++) {
    firstAt[place] = readers.length;
    const operation = ~events[place]!;
    if (operation >= 0 && readOnly[operation] === 1) readers.push(operation);
  }
  return { readers, firstAt };
}

/** By required operation, the first required reader that is called after it returned; -1 for none. */
function readersAfter({ events, readOnly, size, required }: Problem): Int32Array {
  const after = new Int32Array(size).fill(-1);
  let next = -1;
  for (let place = events.length - 1; place >= 0; place--) {
    const event = events[place]!;
    if (event < 0) after[~event] = next;
    else if (event < required && readOnly[event] === 1) next = event;
  }
  return after;
}
