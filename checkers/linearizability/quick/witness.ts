/**
 * Checks an order by its definition, for every order that is found in columns: each required operation of the object once
 * and none twice, each legal where it stands, none after one that was called when it had returned.
 */
import { required } from './columns.ts';
import type { Columns } from './columns.ts';

/** Whether this is an order of the object, which has so many required operations. */
export type IsOrder = (object: number, requireds: number, order: Int32Array) => boolean;

/** Checks one order at a time. */
export function ordersIn(columns: Columns): IsOrder {
  const seen = new Uint8Array(columns.count);
  return (object, requireds, order) => {
    const right = isOrder(columns, object, requireds, order, seen);
    for (let at = 0; at < order.length; at++) seen[order[at]!] = 0;
    return right;
  };
}

function isOrder(
  { objectOf, role, needs, forbids, leaves, invokedAt, completedAt }: Columns,
  object: number,
  requireds: number,
  order: Int32Array,
  seen: Uint8Array,
): boolean {
  let state = 0;
  let latestCall = -1;
  let left = requireds;
  for (let at = 0; at < order.length; at++) {
    const operation = order[at]!;
    if (seen[operation] !== 0 || objectOf[operation] !== object) return false;
    seen[operation] = 1;
    if (invokedAt[operation]! > latestCall) latestCall = invokedAt[operation]!;
    if (role[operation] === required) {
      left--;
      if (completedAt[operation]! < latestCall) return false;
    }
    if (needs[operation]! >= 0 && needs[operation] !== state) return false;
    if (forbids[operation] === state) return false;
    if (leaves[operation]! >= 0) state = leaves[operation]!;
  }
  return left === 0;
}
