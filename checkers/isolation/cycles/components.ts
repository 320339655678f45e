/**
 * Strongly connected components by Tarjan's algorithm (Depth-first search and linear graph algorithms, SIAM J. Comput. 1(2),
 * 1972), without recursion, over the edges of some kinds only.
 *
 * Two nodes are on a common cycle of such edges exactly if they are in one component. Components are numbered as they are
 * finished, which is a reverse topological order: an edge between two leads from the higher number to the lower.
 */
import { copyOf, int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import type { Graph } from './graph.ts';

export interface Components {
  readonly count: number;
  /** Of each node. */
  readonly of: Int32Array;
}

/** The components of the graph that has only edges of the kinds in `mask`. */
export function componentsOf(graph: Graph, mask: number, meter: Meter): Components {
  const { nodes, offsets, targets, kinds } = graph;
  meter.room(nodes * 4 * 5);
  const of = int32Array(nodes).fill(-1);
  // When it was reached, from 1; 0 for not yet. The lowest that is reached from it while it is open.
  const reached = int32Array(nodes);
  const low = int32Array(nodes);
  const stack = int32Array(nodes);
  const path = int32Array(nodes);
  const next = copyOf(offsets, nodes);
  let clock = 0;
  let count = 0;
  let stackSize = 0;
  for (let root = 0; root < nodes; root++) {
    if (reached[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    reached[root] = low[root] = ++clock;
    stack[stackSize++] = root;
    while (depth >= 0) {
      const node = path[depth]!;
      const end = offsets[node + 1]!;
      let edge = next[node]!;
      let child = -1;
      for (; edge < end && child < 0; edge++) {
        if ((kinds[edge]! & mask) === 0) continue;
        const target = targets[edge]!;
        if (reached[target] === 0) child = target;
        else if (of[target]! < 0 && reached[target]! < low[node]!) low[node] = reached[target]!;
      }
      next[node] = edge;
      if (child >= 0) {
        reached[child] = low[child] = ++clock;
        stack[stackSize++] = child;
        path[++depth] = child;
        continue;
      }
      meter.step(end - offsets[node]! + 1);
      if (low[node] === reached[node]) {
        let member: number;
        do {
          member = stack[--stackSize]!;
          of[member] = count;
        } while (member !== node);
        count++;
      }
      depth--;
      if (depth >= 0 && low[node]! < low[path[depth]!]!) low[path[depth]!] = low[node]!;
    }
  }
  return { count, of };
}

/** The nodes of each component that has a cycle, which is one of two nodes or more: no edge leads from a node to itself. */
export function cyclicOnes({ count, of }: Components): Int32Array[] {
  if (count === of.length) return [];
  const sizes = int32Array(count);
  for (let node = 0; node < of.length; node++) sizes[of[node]!]!++;
  const places = new Map<number, { nodes: Int32Array; filled: number }>();
  for (let node = 0; node < of.length; node++) {
    const component = of[node]!;
    if (sizes[component]! < 2) continue;
    let place = places.get(component);
    if (place === undefined) {
      place = { nodes: int32Array(sizes[component]!), filled: 0 };
      places.set(component, place);
    }
    place.nodes[place.filled++] = node;
  }
  return Array.from(places.values(), ({ nodes }) => nodes);
}
