/**
 * The answers of watches, put together where one follows another for certain.
 *
 * An answer that was lost may have had any events, and of two that were under way at the same time nobody knows which the
 * server gave first. So an answer goes on from the one before it only if all that was asked of the watch until then had
 * been answered, and nothing was asked meanwhile. A watch that is resumed begins anew.
 *
 *   watch 1: [event 1], an answer that was lost, [event 3]     <- event 2 is not missing
 */
import { addTo } from '../claims/groups.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { unreadable } from '../claims/values.ts';
import { eventsOf } from './events.ts';
import type { WatchEvent } from './events.ts';

/** Answers of one watch of which each goes on from the one before. */
export interface Stretch {
  readonly watch: string;
  /** The first revision that was asked for; absent where the watch just began, or nobody knows where it was. */
  readonly from: number | undefined;
  /** The one key that it watches; absent for all. */
  readonly key: string | undefined;
  readonly events: WatchEvent[];
}

/**
 * A `watch`, of one key or of all, asks `{watch, from}`: which watch, and, where it is created or resumed, from which
 * revision; without a `watch` the process has one. Its `ok` is a list of `[revision, key, value]`.
 */
export function stretchesOf(operations: readonly Operation[]): Stretch[] {
  const watches = new Map<string, Asked[]>();
  for (const operation of operations) {
    if (operation.f !== 'watch' || operation.outcome === 'fail') continue;
    const asked = askedOf(operation);
    addTo(watches, JSON.stringify([asked.watch, operation.key]), asked);
  }
  return [...watches.values()].flatMap(stretchesOfOne);
}

interface Asked {
  readonly operation: Operation;
  readonly watch: string;
  readonly from: number | undefined;
}

function askedOf(operation: Operation): Asked {
  const { input, process } = operation;
  const { watch = process, from } = (input ?? {}) as { watch?: unknown; from?: unknown };
  const isNamed = typeof watch === 'string' || typeof watch === 'number';
  const isPlaced = from === undefined || from === null || Number.isSafeInteger(from);
  if (!isNamed || !isPlaced) throw unreadable(operation, input, '{watch, from}');
  return { operation, watch: String(watch), from: (from as number | null) ?? undefined };
}

/** They are in the order of their invocations. */
function stretchesOfOne(asked: readonly Asked[]): Stretch[] {
  const stretches: Stretch[] = [];
  let current: Stretch | undefined;
  let isLost = false;
  let endsAt = -1;
  for (const [i, { operation, watch, from }] of asked.entries()) {
    const end = operation.completeIndex ?? Infinity;
    const next = asked[i + 1]?.operation.invokeIndex ?? Infinity;
    const isAlone = endsAt < operation.invokeIndex && end < next;
    endsAt = Math.max(endsAt, end);
    if (isAlone && from !== undefined) isLost = false;
    if (operation.outcome === 'info') isLost = true;
    if (operation.outcome === 'info') continue;
    const events = eventsOf(operation);
    if (isAlone && !isLost && from === undefined && current !== undefined) {
      current.events.push(...events);
      continue;
    }
    const key = operation.key === undefined ? undefined : String(operation.key);
    const stretch = { watch, from: isAlone ? from : undefined, key, events };
    stretches.push(stretch);
    current = isAlone && !isLost ? stretch : undefined;
  }
  return stretches;
}
