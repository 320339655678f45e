/**
 * One pass over a history that finds an order for most objects, most of the time, without ever going back.
 *
 * An operation takes effect as late as it can: a read when its value is there, any other when it returns. When the one
 * that returns is not legal, one pending operation that makes it so takes effect before it. Where there is none, the
 * object is left to slower ways; nothing is said about it. Each order that is found is checked (witness.ts), so a mistake
 * in here could cost time, never a verdict.
 */
import { optional, required, silent } from './columns.ts';
import type { Columns } from './columns.ts';

export interface Greedy {
  /** By object: 1 where an order was found. */
  readonly solved: Uint8Array;
  /** Operations in the order in which they take effect, of all objects in one list; of unsolved ones, a beginning. */
  readonly order: Int32Array;
}

/** Judges all objects at once. */
export function greedy(columns: Columns): Greedy {
  const { events, objectOf, role, leaves } = columns;
  const pass = passOf(columns);
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    const operation = event < 0 ? ~event : event;
    if (operation >= columns.count || role[operation] === silent) continue;
    const object = objectOf[operation]!;
    if (pass.solved[object] === 0) continue;
    if (event >= 0) {
      pass.wait(operation);
      if (leaves[operation]! < 0 && pass.isLegal(operation)) pass.apply(operation);
    } else if (role[operation] === required && pass.isWaiting(operation)) {
      pass.force(operation);
    }
  }
  return { solved: pass.solved, order: pass.order() };
}

function passOf({ count, keys, objectOf, role, needs, forbids, leaves }: Columns) {
  const solved = new Uint8Array(keys.length).fill(1);
  const order = new Int32Array(count);
  let length = 0;
  const state = new Int32Array(keys.length);
  /** Rings of waiting operations: one for each object, with its head after all operations. */
  const next = new Int32Array(count + keys.length).fill(-1);
  const previous = new Int32Array(count + keys.length);
  for (let head = count; head < next.length; head++) next[head] = previous[head] = head;

  const isLegalIn = (value: number, operation: number): boolean =>
    (needs[operation]! < 0 || needs[operation] === value) && forbids[operation] !== value;
  const isLegal = (operation: number): boolean =>
    isLegalIn(state[objectOf[operation]!]!, operation);

  function takeEffect(operation: number): void {
    const before = previous[operation]!;
    const after = next[operation]!;
    next[before] = after;
    previous[after] = before;
    next[operation] = -1;
    order[length++] = operation;
  }

  function apply(operation: number): void {
    takeEffect(operation);
    const object = objectOf[operation]!;
    const left = leaves[operation]!;
    if (left < 0 || left === state[object]) return;
    state[object] = left;
    const head = count + object;
    for (let each = next[head]!; each !== head;) {
      const following = next[each]!;
      if (leaves[each]! < 0 && isLegalIn(left, each)) takeEffect(each);
      each = following;
    }
  }

  /** A waiting operation after which this one is legal; one that is known to have happened before one that may have. */
  function helperOf(operation: number): number {
    const head = count + objectOf[operation]!;
    let unknown = -1;
    for (let each = next[head]!; each !== head; each = next[each]!) {
      if (each === operation || leaves[each]! < 0) continue;
      if (!isLegal(each) || !isLegalIn(leaves[each]!, operation)) continue;
      if (role[each] !== optional) return each;
      if (unknown < 0) unknown = each;
    }
    return unknown;
  }

  return {
    solved,
    isLegal,
    apply,
    order: () => order.subarray(0, length),
    isWaiting: (operation: number) => next[operation]! >= 0,
    wait(operation: number): void {
      const head = count + objectOf[operation]!;
      const last = previous[head]!;
      next[last] = operation;
      previous[operation] = last;
      next[operation] = head;
      previous[head] = operation;
    },
    /** It returns, so it must take effect now. */
    force(operation: number): void {
      if (!isLegal(operation)) {
        const helper = helperOf(operation);
        if (helper < 0) {
          solved[objectOf[operation]!] = 0;
          return;
        }
        apply(helper);
      }
      if (next[operation]! >= 0) apply(operation);
    },
  };
}
