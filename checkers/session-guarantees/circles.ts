/** Circles among precedences: what each guarantee alone cannot have seen, or, where each alone can, the fewest of them together. */
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import type { Guarantee } from './guarantees.ts';
import type { Node, Precedence } from './precedences.ts';

/** A finding for each set of promised guarantees that is broken, smallest sets first and none that holds another. */
export function findingsOf(
  precedences: readonly Precedence[],
  promised: readonly Guarantee[],
  patience: Patience,
): Finding[] {
  const circleOf = (kept: readonly Guarantee[]) =>
    circleIn(
      precedences.filter(({ by }) => by === undefined || kept.includes(by)),
      patience,
    );
  if (circleOf(promised) === undefined) return [];
  const broken: (readonly Guarantee[])[] = [];
  const findings: Finding[] = [];
  for (const kept of subsetsOf(promised)) {
    if (broken.some((smaller) => smaller.every((each) => kept.includes(each)))) continue;
    const circle = circleOf(kept);
    if (circle === undefined) continue;
    broken.push(kept);
    findings.push(findingOf(kept, circle));
  }
  return findings;
}

/** The empty one first: compare-and-sets alone may contradict each other. */
const subsetsOf = <T>(all: readonly T[]): (readonly T[])[] =>
  Array.from({ length: 2 ** all.length }, (_, choice) =>
    all.filter((_, place) => (choice >> place) % 2 === 1),
  ).toSorted((a, b) => a.length - b.length);

function findingOf(kept: readonly Guarantee[], circle: readonly Precedence[]): Finding {
  const [only, ...others] = kept;
  const type =
    only === undefined ? 'circular-versions' : others.length === 0 ? only : 'session-guarantees';
  const name = kept.length === 0 ? 'what was there' : kept.join(' and ');
  const said = circle.flatMap(({ says }) => (says === undefined ? [] : [says]));
  const evidence = new Set(circle.flatMap((each) => each.evidence));
  return violation(
    type,
    `no order of versions explains ${name}: ${said.join(', ')}`,
    [...evidence].toSorted((a, b) => b.invokeIndex - a.invokeIndex),
  );
}

/** A circle as short as a search from one of its nodes finds it, or undefined. */
export function circleIn(
  precedences: readonly Precedence[],
  patience: Patience,
): readonly Precedence[] | undefined {
  const from = new Map<Node, Precedence[]>();
  for (const each of precedences) {
    const known = from.get(each.older);
    if (known === undefined) from.set(each.older, [each]);
    else known.push(each);
  }
  const remaining = withoutEnds(precedences, from, patience);
  let shortest: readonly Precedence[] | undefined;
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
  from: ReadonlyMap<Node, readonly Precedence[]>,
  patience: Patience,
): ReadonlySet<Node> {
  const olderCount = new Map<Node, number>();
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
function wayBack(
  start: Precedence,
  from: ReadonlyMap<Node, readonly Precedence[]>,
  remaining: ReadonlySet<Node>,
  patience: Patience,
): Precedence[] | undefined {
  const reachedBy = new Map<Node, Precedence>([[start.newer, start]]);
  const queue: Node[] = [start.newer];
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

function pathTo(
  node: Node,
  start: Precedence,
  reachedBy: ReadonlyMap<Node, Precedence>,
): Precedence[] {
  const path: Precedence[] = [];
  for (let at = node; ;) {
    const by = reachedBy.get(at)!;
    path.unshift(by);
    if (by === start) return path;
    at = by.older;
  }
}
