/**
 * Cycles in which no two anti-dependencies (rw) follow one another: those that snapshot isolation forbids (Fekete et al., TODS
 * 2005; Cerone & Gotsman, PODC 2016).
 *
 * Every node is doubled by whether it was reached over an rw edge, and from such a one no other rw edge leads on:
 *
 *     a ─rw→ b     becomes     (a, other) → (b, rw)
 *     a ─ww→ b     becomes     (a, other) → (b, other)  and  (a, rw) → (b, other)
 *
 * Cycles of the doubled graph are closed walks of the wanted kind. One that passes a node twice, as both its doubles, falls into two; if
 * in one of them two rw edges meet, then not in the other. So the shortest is a simple cycle.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import { componentsOf, cyclicOnes } from './components.ts';
import { edgeList, kinds, partOf } from './graph.ts';
import type { Graph, Part } from './graph.ts';
import { shortestWalk } from './walks.ts';
import type { Walk } from './walks.ts';

const anyKind = 255;

/** The shortest that was found, over `others` and rw edges; undefined if there is none. */
export function nonadjacentWalk(graph: Graph, others: number, meter: Meter): Walk | undefined {
  const doubled = doubledOf(graph, others, meter);
  const place = int32Array(doubled.nodes).fill(-1);
  let best: Walk | undefined;
  for (const nodes of cyclicOnes(componentsOf(doubled, anyKind, meter))) {
    const part = partOf(doubled, nodes, place, meter);
    const walk = shortestWalk(part, rwStarts(part), anyKind, meter);
    if (walk !== undefined && (best === undefined || walk.nodes.length < best.nodes.length))
      best = simple({ ...walk, nodes: walk.nodes.map((node) => part.names[node]! >> 1) });
  }
  return best;
}

function doubledOf(graph: Graph, others: number, meter: Meter): Graph {
  const doubled = edgeList(meter, 2 * graph.targets.length);
  for (let from = 0; from < graph.nodes; from++)
    for (let edge = graph.offsets[from]!; edge < graph.offsets[from + 1]!; edge++) {
      const to = graph.targets[edge]!;
      const kind = graph.kinds[edge]!;
      if (kind === kinds.rw) doubled.add(2 * from, 2 * to + 1, kind);
      else if ((kind & others) !== 0) {
        doubled.add(2 * from, 2 * to, kind);
        doubled.add(2 * from + 1, 2 * to, kind);
      }
    }
  meter.step(graph.targets.length);
  return doubled.toGraph(2 * graph.nodes);
}

function rwStarts(part: Part) {
  const starts = [];
  for (let from = 0; from < part.nodes && starts.length < startsMax; from++)
    for (let edge = part.offsets[from]!; edge < part.offsets[from + 1]!; edge++)
      if (part.kinds[edge] === kinds.rw)
        starts.push({ from, to: part.targets[edge]!, kind: kinds.rw });
  return starts;
}

const startsMax = 256;

/** Takes the part between two passages of the same node out, or leaves only that, until no node is passed twice. */
function simple({ nodes, kinds: edgeKinds }: Walk): Walk {
  for (const [second, node] of nodes.entries()) {
    const first = nodes.indexOf(node);
    if (first === second) continue;
    const meets = edgeKinds[first] === kinds.rw && edgeKinds[second - 1] === kinds.rw;
    const inside = (at: number) => at >= first && at < second;
    const kept = (_: unknown, at: number) => inside(at) !== meets;
    return simple({ nodes: nodes.filter(kept), kinds: edgeKinds.filter(kept) });
  }
  return { nodes, kinds: edgeKinds };
}
