/** Validates a witness by its definition: every required operation once, each step legal, no order against real time. */
import { illegal } from './model.ts';
import type { Problem } from './problem.ts';

export function isWitness(problem: Problem, order: Int32Array): boolean {
  const { model, calls, operations, required } = problem;
  if (new Set(order).size !== order.length) return false;
  for (let number = 0; number < required; number++) if (!order.includes(number)) return false;
  let state: unknown = model.initial;
  let latestCall = -1;
  for (const number of order) {
    const { invokeIndex, completeIndex } = operations[number]!;
    latestCall = Math.max(latestCall, invokeIndex);
    if (number < required && completeIndex! < latestCall) return false;
    state = model.step(state, calls[number]);
    if (state === illegal) return false;
  }
  return true;
}
