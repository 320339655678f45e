/**
 * Checks an order by its definition, for every order that is found in a table: each required operation of the object once
 * and none twice, each legal where it stands, none after one that was called when it had returned.
 */
import { atEnd, atInvoked, atLeaves, atNeeds, isRequired, rowOf } from './table.ts';
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
  { rows, forbids, begins, required: requireds }: Table,
  object: number,
  order: Int32Array,
  seen: Uint8Array,
): boolean {
  let state = 0;
  let latestCall = -1;
  let left = requireds[object]!;
  for (let at = 0; at < order.length; at++) {
    const operation = order[at]!;
    if (operation < begins[object]! || operation >= begins[object + 1]!) return false;
    if (seen[rowOf(operation)] !== 0) return false;
    seen[rowOf(operation)] = 1;
    const invokedAt = rows[operation + atInvoked]!;
    if (invokedAt > latestCall) latestCall = invokedAt;
    if (isRequired(rows, operation)) {
      left--;
      if (rows[operation + atEnd]! < latestCall) return false;
    }
    const needed = rows[operation + atNeeds]!;
    if (needed >= 0 && needed !== state) return false;
    if (forbids[rowOf(operation)] === state + 1) return false;
    const leaves = rows[operation + atLeaves]!;
    if (leaves >= 0) state = leaves;
  }
  return left === 0;
}
