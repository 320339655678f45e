/**
 * The first return that no order gets past.
 *
 * The search turns back early from what a *later* operation makes impossible, and zones name one contradiction of many;
 * so what they say is only where to look. Every prefix of a linearizable history is linearizable, so the event is found
 * by trying prefixes: from the named place in steps that double, then halving.
 */
import type { Engine, Limits } from '../engine.ts';
import type { Problem } from '../problem.ts';
import { recentOnly } from '../recent.ts';
import { relax, upTo } from '../relax.ts';

/**
 * Of a problem that is not linearizable, from the place of some return. When the limits do not allow an answer, a later
 * event, at which it is certain that nothing gets past.
 */
export function furthestEventOf(
  engine: Engine,
  problem: Problem,
  near: number,
  limits: Limits,
): number {
  const returns: number[] = [];
  for (let place = 0; place < problem.events.length; place++)
    if (problem.events[place]! < 0) returns.push(place);
  const isBlocked = (at: number): boolean => {
    const whole = upTo(problem, returns[at]!);
    if (recentOnly(engine, problem, whole, limits) !== undefined) return true;
    return engine(relax(problem, whole).problem, limits).kind === 'not-linearizable';
  };
  const isOver = (): boolean => performance.now() > limits.deadlineMs;
  let passable = -1;
  let blocked = returns.length - 1;
  const start = returns.indexOf(near);
  if (isOver()) return returns[blocked]!;
  if (isBlocked(start)) {
    blocked = start;
    for (let step = 1; blocked - step > passable && !isOver(); step *= 2) {
      if (!isBlocked(blocked - step)) passable = blocked - step;
      else blocked -= step;
    }
  } else {
    passable = start;
    for (let step = 1; passable + step < blocked && !isOver(); step *= 2) {
      if (isBlocked(passable + step)) blocked = passable + step;
      else passable += step;
    }
  }
  while (blocked - passable > 1 && !isOver()) {
    const middle = (passable + blocked) >> 1;
    if (isBlocked(middle)) blocked = middle;
    else passable = middle;
  }
  return returns[blocked]!;
}
