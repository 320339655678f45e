/** Checks an order by its definition, and by the model's step alone, whatever the engine that found it believes. */
import { illegal } from './model.ts';
import type { Problem } from './problem.ts';

/** Whether each required operation stands in it once, none twice, each legal, and none after one that was called later than it returned. */
export function isWitness(
  { model, calls, size, required, events }: Problem,
  order: Int32Array,
): boolean {
  const { calledAt, returnedAt } = momentsOf(events, size);
  const seen = new Uint8Array(size);
  let state: unknown = model.initial;
  let latestCall = -1;
  let left = required;
  for (const operation of order) {
    if (seen[operation] !== 0) return false;
    seen[operation] = 1;
    if (operation < required) left--;
    if (calledAt[operation]! > latestCall) latestCall = calledAt[operation]!;
    if (returnedAt[operation]! < latestCall) return false;
    const after = model.step(state, calls[operation]);
    if (after === illegal) return false;
    state = after;
  }
  return left === 0;
}

/** Places in the events; what never returns does so after all. */
function momentsOf(events: Int32Array, operations: number) {
  const calledAt = new Int32Array(operations);
  const returnedAt = new Int32Array(operations).fill(events.length);
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    if (event < 0) returnedAt[~event] = place;
    else calledAt[event] = place;
  }
  return { calledAt, returnedAt };
}
