/**
 * The first return that no order gets past.
 *
 * The search turns back early from what a *later* operation makes impossible, and zones name one contradiction of many;
 * so what they say is only where to look. Every prefix of a linearizable history is linearizable, so the event is found
 * by trying prefixes: from the named place in steps that double, then halving.
 */
import type { Engine, Limits } from '../engine.ts';
import type { Problem } from '../problem.ts';
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
  for (const [place, event] of problem.events.entries()) if (event < 0) returns.push(place);
  const isBlocked = (at: number): boolean => {
    const { problem: prefix } = relax(problem, upTo(problem, returns[at]!));
    return engine(prefix, limits).kind === 'not-linearizable';
  };
  let passable = -1;
  let blocked = returns.length - 1;
  const start = returns.indexOf(near);
  if (isBlocked(start)) {
    blocked = start;
    for (let step = 1; blocked - step > passable; step *= 2) {
      if (!isBlocked(blocked - step)) passable = blocked - step;
      else blocked -= step;
    }
  } else {
    passable = start;
    for (let step = 1; passable + step < blocked; step *= 2) {
      if (isBlocked(passable + step)) blocked = passable + step;
      else passable += step;
    }
  }
  while (blocked - passable > 1) {
    const middle = (passable + blocked) >> 1;
    if (isBlocked(middle)) blocked = middle;
    else passable = middle;
  }
  return returns[blocked]!;
}
