/**
 * Where a just-in-time search stands: which operations have taken effect, in which order, and which return comes next.
 *
 * The walk moves over the events of a problem. Calls are entered as they are met. A return may be passed only when its
 * operation has taken effect; one that has not is where the walk is stuck, and the search must choose. Read-only
 * operations are never chosen: each takes effect as soon as it is legal, for that changes nothing.
 *
 * All that happened is on one trail, so that it can be undone in the reverse order: the number of an operation that took
 * effect, or the complement (`~`) of the place of a return that was passed.
 */
import { add, has, operationSet, remove } from '../operation-set.ts';
import type { OperationSet } from '../operation-set.ts';
import type { Problem } from '../problem.ts';
import { pendingRings } from './pending.ts';
import type { Pending } from './pending.ts';
import type { Rules } from './rules.ts';
import { valuesOf } from './values.ts';
import type { Values } from './values.ts';

export interface Walk {
  readonly pending: Pending;
  readonly values: Values | undefined;
  readonly required: OperationSet;
  readonly spent: OperationSet;
  state(): number;
  /** The place of the return at which the walk is stuck. */
  at(): number;
  /** How many required operations have not taken effect; at 0 the order is whole. */
  left(): number;
  /** How much is on the trail. */
  mark(): number;
  undoTo(mark: number): void;
  /** Closes over read-only operations and passes returns until stuck, or until the order is whole. */
  settle(): void;
  /** Lets an operation take effect; false when that is illegal, or leads nowhere. */
  tryTake(operation: number): boolean;
  /** The operations that have taken effect, in their order. */
  order(): Int32Array;
}

/** A walk that stands before the first event. */
export function walkOf(problem: Problem, rules: Rules): Walk {
  const { events, size, required: requiredCount, readOnly, twin } = problem;
  const pending = pendingRings(size);
  const values = rules.effects && valuesOf(problem, rules.effects);
  const required = operationSet(requiredCount);
  const spent = operationSet(size - requiredCount);
  const nextTwin = requiredCount === size ? twin : nextTwins(twin);
  const called = new Uint8Array(size);
  const trail = new Int32Array(size + requiredCount);
  /** The state before each operation of the trail. */
  const before = new Int32Array(size + requiredCount);
  let depth = 0;
  let state = 0;
  let left = requiredCount;
  let at = 0;

  function take(operation: number, after: number): void {
    trail[depth] = operation;
    before[depth++] = state;
    state = after;
    pending.takeOut(operation);
    values?.taken(operation);
    if (operation < requiredCount) {
      add(required, operation);
      left--;
      return;
    }
    add(spent, operation - requiredCount);
    const other = nextTwin[operation]!;
    if (other >= 0 && called[other] === 1) pending.append(pending.optionals, other);
  }

  function untake(operation: number): void {
    state = before[depth]!;
    values?.putBack(operation);
    if (operation < requiredCount) {
      remove(required, operation);
      left++;
    } else {
      remove(spent, operation - requiredCount);
      const other = nextTwin[operation]!;
      if (other >= 0 && called[other] === 1) pending.takeOut(other);
    }
    pending.putBack(operation);
  }

  /** A twin whose elder is not spent waits for that. */
  const waits = (operation: number): boolean =>
    twin[operation]! >= 0 && !has(spent, twin[operation]! - requiredCount);

  /** Says whether a read-only one was among them. */
  function enterCalls(): boolean {
    let anyReader = false;
    for (; at < events.length && events[at]! >= 0; at++) {
      const operation = events[at]!;
      called[operation] = 1;
      if (operation >= requiredCount) {
        if (!waits(operation)) pending.append(pending.optionals, operation);
      } else if (readOnly[operation] === 1) {
        pending.append(pending.readers, operation);
        anyReader = true;
      } else {
        pending.append(pending.changers, operation);
      }
    }
    return anyReader;
  }

  function unpass(passed: number): void {
    while (at > passed + 1) {
      const operation = events[--at]!;
      if (operation < requiredCount || !waits(operation)) pending.takeOut(operation);
      called[operation] = 0;
    }
    at = passed;
  }

  function close(): void {
    const { next, readers } = pending;
    for (let operation = next[readers]!; operation !== readers; operation = next[operation]!)
      if (rules.step(state, operation) >= 0) take(operation, state);
  }

  /** Nothing is passed once the order is whole. */
  const isPassable = (): boolean => left > 0 && has(required, ~events[at]!);

  function absorbIdleWrites(operation: number): void {
    const { next, changers } = pending;
    for (let other = next[changers]!; other !== changers; other = next[other]!)
      if (other !== operation && values!.isIdleWrite(other)) take(other, values!.leaves[other]!);
  }

  enterCalls();
  return {
    pending,
    values,
    required,
    spent,
    state: () => state,
    at: () => at,
    left: () => left,
    mark: () => depth,
    undoTo(mark) {
      while (depth > mark) {
        const noted = trail[--depth]!;
        if (noted < 0) unpass(~noted);
        else untake(noted);
      }
    },
    settle() {
      close();
      while (isPassable()) {
        trail[depth++] = ~at++;
        if (enterCalls()) close();
      }
    },
    tryTake(operation) {
      const after = rules.step(state, operation);
      if (after < 0) return false;
      if (values !== undefined) {
        if (after !== state && values.strands(state, operation)) return false;
        if (values.needs[operation]! < 0) absorbIdleWrites(operation);
      }
      take(operation, after);
      return true;
    },
    order: () => operationsOn(trail, depth),
  };
}

function operationsOn(trail: Int32Array, depth: number): Int32Array {
  const order = new Int32Array(depth);
  let length = 0;
  for (let at = 0; at < depth; at++) if (trail[at]! >= 0) order[length++] = trail[at]!;
  return order.subarray(0, length);
}

/** Of each optional operation, the one after it that does the same; -1 for none. */
function nextTwins(twin: Int32Array): Int32Array {
  const next = new Int32Array(twin.length).fill(-1);
  for (let number = 0; number < twin.length; number++)
    if (twin[number]! >= 0) next[twin[number]!] = number;
  return next;
}
