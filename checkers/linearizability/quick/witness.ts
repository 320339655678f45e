/**
 * Checks orders by their definition, for every order that is found in columns: each required operation once and none
 * twice, each legal where it stands, none after one that was called when it had returned.
 */
import type { Patience } from '../../claims/patience.ts';
import { required } from './columns.ts';
import type { Columns } from './columns.ts';

/**
 * By object: 1 where its order is right and whole. An order may hold those of many objects, mixed; the first list of them is
 * believed for those in `trusted` only, and says nothing of others.
 */
export function witnessed(
  columns: Columns,
  orders: readonly Int32Array[],
  trusted: Uint8Array,
  patience: Patience,
): Uint8Array {
  const following = begin(columns);
  const { right, seen } = following;
  for (const [which, order] of orders.entries())
    for (let at = 0; at < order.length; at++) {
      patience.tick();
      const operation = order[at]!;
      if (which > 0 || trusted[columns.objectOf[operation]!] === 1) follow(following, operation);
    }
  const { count, role, objectOf } = columns;
  for (let operation = 0; operation < count; operation++)
    if (role[operation] === required && seen[operation] === 0) right[objectOf[operation]!] = 0;
  return right;
}

interface Following {
  readonly columns: Columns;
  readonly right: Uint8Array;
  /** By object: the number of its value, and the last call among those that have taken effect. */
  readonly state: Int32Array;
  readonly latestCall: Int32Array;
  readonly seen: Uint8Array;
}

const begin = (columns: Columns): Following => ({
  columns,
  right: new Uint8Array(columns.keys.length).fill(1),
  state: new Int32Array(columns.keys.length),
  latestCall: new Int32Array(columns.keys.length).fill(-1),
  seen: new Uint8Array(columns.count),
});

function follow({ columns, right, state, latestCall, seen }: Following, operation: number): void {
  const { objectOf, role, needs, forbids, leaves, invokedAt, completedAt } = columns;
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
}
