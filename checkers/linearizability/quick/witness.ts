/**
 * Checks an order by its definition, for every order that is found in a table: each required operation of the object once
 * and none twice, each legal where it stands, none after one that was called when it had returned.
 */
import {
  atCompleted,
  atForbids,
  atInvoked,
  atLeaves,
  atNeeds,
  atObject,
  atRole,
  required,
  rowOf,
} from './table.ts';
import type { Table } from './table.ts';

/** Whether this is an order of the object. */
export type IsOrder = (object: number, order: Int32Array) => boolean;

/** Checks one order at a time. */
export function ordersIn(table: Table): IsOrder {
  const seen = new Uint8Array(table.count);
  return (object, order) => {
    const right = isOrder(table, object, order, seen);
    for (let at = 0; at < order.length; at++) seen[rowOf(order[at]!)] = 0;
    return right;
  };
}

function isOrder(
  { rows, required: requireds }: Table,
  object: number,
  order: Int32Array,
  seen: Uint8Array,
): boolean {
  let state = 0;
  let latestCall = -1;
  let left = requireds[object]!;
  for (let at = 0; at < order.length; at++) {
    const operation = order[at]!;
    if (seen[rowOf(operation)] !== 0 || rows[operation + atObject] !== object) return false;
    seen[rowOf(operation)] = 1;
    const invokedAt = rows[operation + atInvoked]!;
    if (invokedAt > latestCall) latestCall = invokedAt;
    if (rows[operation + atRole] === required) {
      left--;
      if (rows[operation + atCompleted]! < latestCall) return false;
    }
    const needed = rows[operation + atNeeds]!;
    if (needed >= 0 && needed !== state) return false;
    if (rows[operation + atForbids] === state) return false;
    const leaves = rows[operation + atLeaves]!;
    if (leaves >= 0) state = leaves;
  }
  return left === 0;
}
