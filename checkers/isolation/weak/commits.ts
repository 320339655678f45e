/**
 * The order of commits that a level demands: sessions, reads, and what its axiom infers. It can be kept exactly if it has no
 * circle (Biswas & Enea, OOPSLA 2019; AWDIT, PLDI 2025, §3).
 */
import { int32Array } from '../arrays.ts';
import { componentsOf, cyclicOnes } from '../cycles/components.ts';
import { edgeList, kinds, partOf } from '../cycles/graph.ts';
import type { EdgeList, Graph } from '../cycles/graph.ts';
import { shortestWalk } from '../cycles/walks.ts';
import type { Start, Walk } from '../cycles/walks.ts';
import type { Meter } from '../meter.ts';
import { inferCausal } from './causal.ts';
import type { WeakLevel } from './levels.ts';
import { inferReadAtomic } from './read-atomic.ts';
import { inferReadCommitted } from './read-committed.ts';
import type { Infer, Sessions } from './sessions.ts';

/** The kind of an edge that an axiom infers; the others are `wr` and `process`. */
export const inferred = 32;

/** A circle of commits, with what its inferred edges come from. */
export interface Circle extends Walk {
  readonly because: readonly (Inference | undefined)[];
}

/** `reader` read `key` from the later one, and the earlier one, which writes it, came before. */
export interface Inference {
  readonly reader: number;
  readonly key: number;
}

/** Some of the circles, short ones; none if the level can be kept. */
export function circlesOf(
  level: WeakLevel,
  all: Sessions,
  keys: number,
  meter: Meter,
): readonly Circle[] {
  const edges = edgeList(meter, 4 * all.count);
  addKnown(all, edges);
  inferBy(level, all, keys, (from, to) => edges.add(from, to, inferred), meter);
  const walks = shortCircles(edges.toGraph(all.count + 1), meter);
  if (walks.length === 0) return [];
  // What each inference comes from is remembered for these few only: they are made once more.
  const places = new Map<number, { walk: number; at: number }[]>();
  const because = walks.map(({ nodes }): (Inference | undefined)[] => nodes.map(() => undefined));
  for (const [walk, { nodes, kinds }] of walks.entries())
    for (const [at, from] of nodes.entries())
      if (kinds[at] === inferred) places.set(from, [...(places.get(from) ?? []), { walk, at }]);
  const explain: Infer = (from, to, reader, key) => {
    for (const { walk, at } of places.get(from) ?? []) {
      const { nodes } = walks[walk]!;
      if (nodes[(at + 1) % nodes.length] === to) because[walk]![at] ??= { reader, key };
    }
  };
  inferBy(level, all, keys, explain, meter);
  return walks.map((walk, at) => Object.assign({}, walk, { because: because[at]! }));
}

function inferBy(level: WeakLevel, all: Sessions, keys: number, infer: Infer, meter: Meter): void {
  if (level === 'read-committed') inferReadCommitted(all, keys, infer, meter);
  else if (level === 'read-atomic') inferReadAtomic(all, keys, infer, meter);
  else {
    const known = edgeList(meter, 4 * all.count);
    addKnown(all, known);
    const before = componentsOf(known.toGraph(all.count + 1), anyKind, meter);
    if (before.count === all.count + 1) inferCausal(all, keys, before, infer, meter);
  }
}

const anyKind = 255;

/** Sessions, reads, and the one before all. */
function addKnown({ count, sessions, readFirst, readFrom }: Sessions, edges: EdgeList): void {
  for (const session of sessions) {
    let before = count;
    for (const t of session) {
      edges.add(before, t, kinds.process);
      before = t;
    }
  }
  for (let t = 0; t < count; t++)
    for (let read = readFirst[t]!; read < readFirst[t + 1]!; read++)
      if (readFrom[read] !== count) edges.add(readFrom[read]!, t, kinds.wr);
}

function shortCircles(graph: Graph, meter: Meter): Walk[] {
  const place = int32Array(graph.nodes).fill(-1);
  return cyclicOnes(componentsOf(graph, anyKind, meter))
    .slice(0, circlesMax)
    .flatMap((nodes) => {
      const part = partOf(graph, nodes, place, meter);
      const starts: Start[] = [];
      for (let from = 0; from < part.nodes && starts.length < startsMax; from++)
        for (let edge = part.offsets[from]!; edge < part.offsets[from + 1]!; edge++)
          starts.push({ from, to: part.targets[edge]!, kind: part.kinds[edge]! });
      const walk = shortestWalk(part, starts, anyKind, meter);
      return walk === undefined
        ? []
        : [{ ...walk, nodes: walk.nodes.map((node) => part.names[node]!) }];
    });
}

const circlesMax = 3;
const startsMax = 256;
