/**
 * The order of commits that a level demands: sessions, reads, and what its axiom infers. It can be kept exactly if it has no
 * circle (Biswas & Enea, OOPSLA 2019; AWDIT, PLDI 2025, §3).
 */
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
  const inferences: { from: number; to: number; reader: number; key: number }[] = [];
  const infer: Infer = (from, to, reader, key) => {
    edges.add(from, to, inferred);
    if (inferences.push({ from, to, reader, key }) % 1024 === 0) meter.take(1024 * 48);
  };
  if (level === 'read-committed') inferReadCommitted(all, keys, infer, meter);
  else if (level === 'read-atomic') inferReadAtomic(all, keys, infer, meter);
  else {
    const known = edgeList(meter, 4 * all.count);
    addKnown(all, known);
    const before = componentsOf(known.toGraph(all.count + 1), anyKind, meter);
    if (before.count === all.count + 1) inferCausal(all, keys, before, infer, meter);
  }
  const walks = shortCircles(edges.toGraph(all.count + 1), meter);
  return walks.map(({ nodes, kinds }) => ({
    nodes,
    kinds,
    because: nodes.map((from, at) => {
      const to = nodes[(at + 1) % nodes.length];
      return kinds[at] === inferred
        ? inferences.find((each) => each.from === from && each.to === to)
        : undefined;
    }),
  }));
}

const anyKind = 255;

/** Sessions, reads, and the one before all. */
function addKnown({ count, sessions, readFirst, readFrom }: Sessions, edges: EdgeList): void {
  for (const session of sessions)
    for (const [at, t] of session.entries())
      edges.add(at === 0 ? count : session[at - 1]!, t, kinds.process);
  for (let t = 0; t < count; t++)
    for (let read = readFirst[t]!; read < readFirst[t + 1]!; read++)
      if (readFrom[read] !== count) edges.add(readFrom[read]!, t, kinds.wr);
}

function shortCircles(graph: Graph, meter: Meter): Walk[] {
  const place = new Int32Array(graph.nodes).fill(-1);
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
