/**
 * Where a walk has no future, by what the model says is out of reach (`canReach`).
 *
 * Before an operation that has not returned, only what is called before its return can take effect. So if its answer is
 * out of reach of the state, and nothing that is pending or called until then resets the state, then no order goes on from
 * here. It is asked of the operation at which the walk is stuck, and of all readers that wait: a get of "xy" that is open at the state
 * "y" is lost long before it returns, and everything that would be tried until then with it.
 */
import type { Problem } from '../problem.ts';
import type { Rules } from './rules.ts';
import type { Walk } from './walk.ts';

/** Whether some pending operation is lost; the walk must be stuck. `returnOf` has the place of each return. */
export function reachOf(
  { events }: Problem,
  rules: Rules,
  walk: Walk,
  returnOf: Int32Array,
): () => boolean {
  const { pending } = walk;

  function isAnyReset(ring: number): boolean {
    for (let each = pending.next[ring]!; each !== ring; each = pending.next[each]!)
      if (rules.resets(walk.state(), each)) return true;
    return false;
  }

  function isResetBefore(place: number): boolean {
    for (let at = walk.at(); at < place; at++)
      if (events[at]! >= 0 && rules.resets(walk.state(), events[at]!)) return true;
    return false;
  }

  const isLost = (operation: number): boolean =>
    !rules.canReach(walk.state(), operation) &&
    !isAnyReset(pending.changers) &&
    !isAnyReset(pending.optionals) &&
    !isResetBefore(returnOf[operation]!);

  return () => {
    if (isLost(~events[walk.at()]!)) return true;
    const { next, readers } = pending;
    for (let each = next[readers]!; each !== readers; each = next[each]!)
      if (isLost(each)) return true;
    return false;
  };
}
