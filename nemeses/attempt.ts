/** Doing a thing to all, whatever becomes of each. */
import { messageOf } from '../src/core/errors.ts';

/** Acts on every item at once; returns what went wrong, in words. */
export async function attemptAll<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<string[]> {
  const settled = await Promise.allSettled(items.map(act));
  return settled.flatMap((each) => (each.status === 'rejected' ? [messageOf(each.reason)] : []));
}
