/** Circles among pairs of which one is said to be the older: proof that no order keeps them all. */
import type { Patience } from './patience.ts';

export interface Precedence {
  readonly older: unknown;
  readonly newer: unknown;
}

/** A circle as short as a search from one of its nodes finds it, or undefined. */
export function circleIn<P extends Precedence>(
  precedences: readonly P[],
  patience: Patience,
): readonly P[] | undefined {
  const from = new Map<unknown, P[]>();
  for (const each of precedences) {
    const known = from.get(each.older);
    if (known === undefined) from.set(each.older, [each]);
    else known.push(each);
  }
  const remaining = withoutEnds(precedences, from, patience);
  let shortest: readonly P[] | undefined;
  let looks = 0;
  for (const start of precedences) {
    if (!remaining.has(start.older) || !remaining.has(start.newer)) continue;
    if (shortest !== undefined && ++looks > looksMax) break;
    const circle = wayBack(start, from, remaining, patience);
    if (circle !== undefined && circle.length < (shortest?.length ?? Infinity)) shortest = circle;
  }
  return shortest;
}

/** Once there is a circle, so many more starts are tried for a shorter one. */
const looksMax = 200;

/** The nodes that are left when those without an older one are taken away, again and again: none if there is no circle. */
function withoutEnds(
  precedences: readonly Precedence[],
  from: ReadonlyMap<unknown, readonly Precedence[]>,
  patience: Patience,
): ReadonlySet<unknown> {
  const olderCount = new Map<unknown, number>();
  for (const { older, newer } of precedences) {
    olderCount.set(newer, (olderCount.get(newer) ?? 0) + 1);
    if (!olderCount.has(older)) olderCount.set(older, 0);
  }
  const ends = [...olderCount].filter(([, count]) => count === 0).map(([node]) => node);
  const remaining = new Set(olderCount.keys());
  for (let node = ends.pop(); node !== undefined; node = ends.pop()) {
    patience.tick();
    remaining.delete(node);
    for (const { newer } of from.get(node) ?? []) {
      const left = olderCount.get(newer)! - 1;
      olderCount.set(newer, left);
      if (left === 0) ends.push(newer);
    }
  }
  return remaining;
}

/** Breadth first from where the precedence leads, back to where it comes from. */
function wayBack<P extends Precedence>(
  start: P,
  from: ReadonlyMap<unknown, readonly P[]>,
  remaining: ReadonlySet<unknown>,
  patience: Patience,
): P[] | undefined {
  const reachedBy = new Map<unknown, P>([[start.newer, start]]);
  const queue: unknown[] = [start.newer];
  for (const node of queue) {
    if (node === start.older) return pathTo(node, start, reachedBy);
    for (const each of from.get(node) ?? []) {
      patience.tick();
      if (!remaining.has(each.newer) || reachedBy.has(each.newer)) continue;
      reachedBy.set(each.newer, each);
      queue.push(each.newer);
    }
  }
  return undefined;
}

function pathTo<P extends Precedence>(
  node: unknown,
  start: P,
  reachedBy: ReadonlyMap<unknown, P>,
): P[] {
  const path: P[] = [];
  for (let at = node; ;) {
    const by = reachedBy.get(at)!;
    path.unshift(by);
    if (by === start) return path;
    at = by.older;
  }
}
