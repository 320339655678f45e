/**
 * Checks orders by their definition, for every order that is found in columns: each required operation once and none
 * twice, each legal where it stands, none after one that was called when it had returned.
 */
import { required } from './columns.ts';
import type { Columns } from './columns.ts';

/** By object: 1 where its order is right and whole. An order may hold those of many objects, mixed. */
export function witnessed(columns: Columns, orders: readonly Int32Array[]): Uint8Array {
  const { count, keys, objectOf, role, needs, forbids, leaves, invokedAt, completedAt } = columns;
  const right = new Uint8Array(keys.length).fill(1);
  const state = new Int32Array(keys.length);
  const latestCall = new Int32Array(keys.length).fill(-1);
  const seen = new Uint8Array(count);
  const follow = (operation: number): void => {
    const object = objectOf[operation]!;
    const value = state[object]!;
    const isLegal =
      seen[operation] === 0 &&
      (needs[operation]! < 0 || needs[operation] === value) &&
      forbids[operation] !== value;
    seen[operation] = 1;
    if (invokedAt[operation]! > latestCall[object]!) latestCall[object] = invokedAt[operation]!;
    const isInTime = role[operation] !== required || completedAt[operation]! > latestCall[object]!;
    if (!isLegal || !isInTime) right[object] = 0;
    if (leaves[operation]! >= 0) state[object] = leaves[operation]!;
  };
  for (const order of orders) for (let at = 0; at < order.length; at++) follow(order[at]!);
  for (let operation = 0; operation < count; operation++)
    if (role[operation] === required && seen[operation] === 0) right[objectOf[operation]!] = 0;
  return right;
}
