/**
 * One pass over a history that finds an order for most objects, most of the time, without ever going back.
 *
 * An operation takes effect as late as it can: a read when its value is there, any other when it returns. When the one
 * that returns is not legal, one pending operation that makes it so takes effect before it. Where there is none, the
 * object is left to slower ways; nothing is said about it. Each order that is found is checked (witness.ts), so a mistake
 * in here could cost time, never a verdict.
 */
import type { Patience } from '../../claims/patience.ts';
import { optional, required, silent } from './columns.ts';
import type { Columns } from './columns.ts';

export interface Greedy {
  /** By object: 1 where an order was found. */
  readonly solved: Uint8Array;
  /** Operations in the order in which they take effect, of all objects in one list; of unsolved ones, a beginning. */
  readonly order: Int32Array;
}

/** Judges all objects at once. */
export function greedy(columns: Columns, patience: Patience): Greedy {
  const { events, objectOf, role, leaves, count } = columns;
  const pass = passOver(columns);
  for (let place = 0; place < events.length; place++) {
    patience.tick();
    const event = events[place]!;
    const operation = event < 0 ? ~event : event;
    if (operation >= count || role[operation] === silent) continue;
    if (pass.solved[objectOf[operation]!] === 0) continue;
    if (event >= 0) {
      wait(pass, operation);
      if (leaves[operation]! < 0 && isLegal(pass, operation)) apply(pass, operation);
    } else if (role[operation] === required && isWaiting(pass, operation)) {
      force(pass, operation);
    }
  }
  return { solved: pass.solved, order: pass.order.subarray(0, pass.length) };
}

/** What the pass knows, as data, so that its functions are compiled once for all histories. */
interface Pass {
  readonly columns: Columns;
  readonly solved: Uint8Array;
  readonly order: Int32Array;
  length: number;
  /** By object: the number of the value that it has. */
  readonly state: Int32Array;
  /** Rings of waiting operations: one for each object, with its head after all operations; -1 for who does not wait. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
}

function passOver(columns: Columns): Pass {
  const { count, keys } = columns;
  const next = new Int32Array(count + keys.length).fill(-1, 0, count);
  const previous = new Int32Array(count + keys.length);
  for (let head = count; head < next.length; head++) next[head] = previous[head] = head;
  return {
    columns,
    solved: new Uint8Array(keys.length).fill(1),
    order: new Int32Array(count),
    length: 0,
    state: new Int32Array(keys.length),
    next,
    previous,
  };
}

const isLegalIn = ({ needs, forbids }: Columns, value: number, operation: number): boolean =>
  (needs[operation]! < 0 || needs[operation] === value) && forbids[operation] !== value;

const isLegal = ({ columns, state }: Pass, operation: number): boolean =>
  isLegalIn(columns, state[columns.objectOf[operation]!]!, operation);

const headOf = ({ columns }: Pass, operation: number): number =>
  columns.count + columns.objectOf[operation]!;

const isWaiting = ({ next }: Pass, operation: number): boolean => next[operation]! >= 0;

function wait(pass: Pass, operation: number): void {
  const { next, previous } = pass;
  const head = headOf(pass, operation);
  const last = previous[head]!;
  next[last] = operation;
  previous[operation] = last;
  next[operation] = head;
  previous[head] = operation;
}

function takeEffect(pass: Pass, operation: number): void {
  const { next, previous } = pass;
  const before = previous[operation]!;
  const after = next[operation]!;
  next[before] = after;
  previous[after] = before;
  next[operation] = -1;
  pass.order[pass.length++] = operation;
}

function apply(pass: Pass, operation: number): void {
  const { columns, state, next } = pass;
  const { leaves, objectOf } = columns;
  takeEffect(pass, operation);
  const object = objectOf[operation]!;
  const left = leaves[operation]!;
  if (left < 0 || left === state[object]) return;
  state[object] = left;
  const head = columns.count + object;
  for (let each = next[head]!; each !== head;) {
    const following = next[each]!;
    if (leaves[each]! < 0 && isLegalIn(columns, left, each)) takeEffect(pass, each);
    each = following;
  }
}

/** It returns, so it must take effect now. */
function force(pass: Pass, operation: number): void {
  if (!isLegal(pass, operation)) {
    const helper = helperOf(pass, operation);
    if (helper < 0) {
      pass.solved[pass.columns.objectOf[operation]!] = 0;
      return;
    }
    apply(pass, helper);
  }
  if (isWaiting(pass, operation)) apply(pass, operation);
}

/** A waiting operation after which this one is legal; one that is known to have happened before one that may have. */
function helperOf(pass: Pass, operation: number): number {
  const { columns, next } = pass;
  const { leaves, role } = columns;
  const head = headOf(pass, operation);
  let unknown = -1;
  for (let each = next[head]!; each !== head; each = next[each]!) {
    if (each === operation || leaves[each]! < 0) continue;
    if (!isLegal(pass, each) || !isLegalIn(columns, leaves[each]!, operation)) continue;
    if (role[each] !== optional) return each;
    if (unknown < 0) unknown = each;
  }
  return unknown;
}
