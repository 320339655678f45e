/**
 * The fast linearizability engine: depth-first search that is *just in time* (Lowe 2017, section 5): an operation takes effect only
 * because a return that cannot be passed forces a choice.
 *
 * A walk (walk.ts) moves over the history as far as it can without choosing. Where it is stuck at a return, the search
 * opens a frame with the candidates (candidates.ts): the operation that returns, or others that may come before it. After
 * each choice the walk settles again. A frame whose candidates have all failed is noted, and never opened again.
 *
 *   Failed only. A configuration is noted when its frame is exhausted, not when it is met, so a history that needs no
 *   search costs no memory. What failed with some optional operations spent also fails with more of them
 *   (configurations.ts).
 *
 *   Windows. A configuration is kept as the part of the set of operations that is neither all ones nor all zeros, which
 *   is as wide as the history is concurrent, however long it is (operation-set.ts).
 *
 *   Restarts. After many frames without getting further, the search gives up its choices without noting them as failed,
 *   and begins again with the candidates in another order, and with twice the patience. What is noted stays.
 *
 * Example: write 1 and write 2 are open, then a read of 1 returns. The walk is stuck at that read; the only candidate
 * that makes it legal is write 1, so it is tried first. The read closes. Then write 1 returns, and is passed; then write 2,
 * where the walk is stuck, and takes write 2 itself. No configuration was noted, no order tried twice.
 */
import { configurations } from '../configurations.ts';
import type { Engine, Limits, Outcome } from '../engine.ts';
import type { Problem } from '../problem.ts';
import { candidatesOf, orders } from './candidates.ts';
import { reachOf } from './reach.ts';
import { rulesOf } from './rules.ts';
import { walkOf } from './walk.ts';

/**
 * `furthestEvent` of its outcomes is where the search came to; it turns back early where a later operation cannot be
 * explained, so the event that no order gets past may be a later one (see furthest.ts).
 */
export const jit: Engine = (problem, limits) => {
  const search = searchOf(problem);
  const budget = budgetOf(limits, problem.required, search);
  if (search.begin()) return linear(search.order(), budget.spent());
  while (search.isOpen()) {
    const exhausted = budget.spend();
    if (exhausted !== undefined) return exhausted;
    if (search.step()) return linear(search.order(), budget.spent());
  }
  return {
    kind: 'not-linearizable',
    furthestEvent: search.furthestEvent(),
    steps: budget.spent(),
  };
};

const linear = (order: Int32Array, steps: number): Outcome => ({
  kind: 'linearizable',
  order,
  steps,
});

type Search = ReturnType<typeof searchOf>;

function searchOf(problem: Problem) {
  const rules = rulesOf(problem);
  const walk = walkOf(problem, rules);
  const returnOf = returnsOf(problem);
  const candidates = candidatesOf(problem, rules, walk, returnOf);
  const reach =
    rules.effects === undefined && problem.model.canReach !== undefined
      ? reachOf(problem, rules, walk, returnOf)
      : undefined;
  const failed = configurations();
  /** Of each frame: where its trail begins, its candidates in `list`, and the next of them. */
  const marks: number[] = [];
  const ends: number[] = [];
  const nexts: number[] = [];
  const list: number[] = [];
  let depth = 0;
  let order = 0;
  let furthest = -1;
  let leftMin = problem.required;
  let patience = patienceFirst;
  let waited = 0;

  function open(): void {
    if (walk.at() > furthest) {
      furthest = walk.at();
      waited = 0;
    }
    if (walk.left() < leftMin) leftMin = walk.left();
    if (isHopeless()) return;
    const first = depth === 0 ? 0 : ends[depth - 1]!;
    marks[depth] = walk.mark();
    nexts[depth] = first;
    ends[depth] = candidates.collect(list, first, orders[order]!);
    depth++;
  }

  /** The stuck operation needs a value that nobody is left to bring, or a pending one a state that is out of reach. */
  function isHopeless(): boolean {
    const { values } = walk;
    if (values === undefined) return reach?.isAnyWaitingLost() === true;
    const needed = values.needs[~problem.events[walk.at()]!]!;
    return needed >= 0 && needed !== walk.state() && values.isLost(needed);
  }

  /** Where the search gets no further it looks further ahead: what it has chosen long ago may be what was wrong. */
  const readersAhead = (): number =>
    Math.min(1 + Math.floor(waited / framesPerReader), readersAheadMax);

  /** Whether it is too late for some operation, which is then the next to be tried in place of what was chosen. */
  function isTooLate(top: number): boolean {
    const belated = reach!.belated();
    if (belated < 0) return false;
    const next = nexts[top]!;
    for (let at = next; at < ends[top]!; at++) {
      if (list[at] !== belated) continue;
      list.copyWithin(next + 1, next, at);
      list[next] = belated;
    }
    return true;
  }

  function restart(): void {
    walk.undoTo(marks[0]!);
    depth = 0;
    order = (order + 1) % orders.length;
    if (order === 0) patience *= 2;
    waited = 0;
    open();
  }

  return {
    isOpen: () => depth > 0,
    furthestEvent: () => furthest,
    leftMin: () => leftMin,
    order: () => walk.order(),
    bytes: () =>
      failed.bytes() + rules.bytes() + 8 * list.length + fixedBytesPerOperation * problem.size,
    /** True when nothing has to be chosen. */
    begin(): boolean {
      walk.settle();
      if (walk.left() > 0) open();
      return walk.left() === 0;
    },
    /** Tries the next candidate of the innermost frame; true when the order is whole. */
    step(): boolean {
      const top = depth - 1;
      walk.undoTo(marks[top]!);
      if (nexts[top] === ends[top]) {
        failed.meet(walk.required, walk.spent, walk.state());
        depth--;
        return false;
      }
      if (!walk.tryTake(list[nexts[top]!++]!)) return false;
      if (reach?.isAnyReaderLost(readersAhead()) === true) return false;
      if (reach !== undefined && isTooLate(top)) return false;
      walk.settle();
      if (walk.left() === 0) return true;
      if (failed.knows(walk.required, walk.spent, walk.state())) return false;
      open();
      if (++waited > patience) restart();
      return false;
    },
  };
}

/** The place of each required operation's return. */
function returnsOf({ events, size }: Problem): Int32Array {
  const returns = new Int32Array(size);
  for (let place = 0; place < events.length; place++)
    if (events[place]! < 0) returns[~events[place]!] = place;
  return returns;
}

const framesPerReader = 16;
const readersAheadMax = 64;

const patienceFirst = 1000;

/** Walk, rings, trail, reach and problem, per operation. */
const fixedBytesPerOperation = 144;

/** Counts steps, and looks at the clock and the memory at every 64th. */
function budgetOf(limits: Limits, required: number, search: Search) {
  let steps = 0;
  const exhausted = (by: 'steps' | 'time' | 'memory'): Outcome => ({
    kind: 'exhausted',
    by,
    linearized: required - search.leftMin(),
    steps,
  });
  return {
    spent: () => steps,
    spend(): Outcome | undefined {
      if (++steps > limits.stepsMax) return exhausted('steps');
      if ((steps & 63) !== 0) return undefined;
      if (performance.now() > limits.deadlineMs) return exhausted('time');
      if (search.bytes() > limits.memoryBytesMax) return exhausted('memory');
      return undefined;
    },
  };
}
