/**
 * Looks for a contradiction among the operations that returned last, with the answers of all before them forgotten.
 *
 * Most contradictions are local: a stale read, and what overwrote its value a moment ago. To forget is sound, so what is
 * found among a few is found; and a search for it is short, however long the history is, for of a million writes whose answers
 * are forgotten hardly any can help.
 */
import type { Engine, Limits } from './engine.ts';
import type { Problem } from './problem.ts';
import { forget, kept, relax } from './relax.ts';
import type { Retention } from './relax.ts';

/** A weaker retention with which the problem is not linearizable, keeping few operations; undefined when none was found. */
export function recentOnly(
  engine: Engine,
  problem: Problem,
  retention: Retention,
  limits: Limits,
): Retention | undefined {
  const total = retention.reduce((count, what) => (what === kept ? count + 1 : count), 0);
  for (let size = smallest; 2 * size < total && size <= largest; size *= growth) {
    const recent = lastReturned(problem, retention, size);
    const outcome = engine(relax(problem, recent).problem, limits);
    if (outcome.kind === 'not-linearizable') return recent;
    if (performance.now() > limits.deadlineMs) break;
  }
  return undefined;
}

const smallest = 32;
const growth = 8;
const largest = 2048;

function lastReturned(problem: Problem, retention: Retention, size: number): Retention {
  const { events } = problem;
  const recent = retention.slice();
  let left = size;
  for (let place = events.length - 1; place >= 0; place--) {
    const operation = ~events[place]!;
    if (operation >= 0 && recent[operation] === kept && left-- <= 0)
      recent[operation] = forget(problem, operation);
  }
  return recent;
}
