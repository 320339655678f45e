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
  const { nodes } = graph;
  meter.room(nodes * 4 * 6);
  const of = int32Array(nodes).fill(-1);
  const acyclic = beforeAllCycles(graph, mask, meter);
  const count = acyclic.length === nodes ? 0 : numberRest(graph, mask, acyclic, of, meter);
  const all = count + acyclic.length;
  for (let at = 0; at < acyclic.length; at++) of[acyclic[at]!] = all - 1 - at;
  return { count: all, of };
}

/**
 * The nodes to which no cycle leads, in a topological order (Kahn, *Topological sorting of large networks*, CACM 5(11), 1962): in a graph
 * without cycles all of them, at half the cost.
 */
function beforeAllCycles(graph: Graph, mask: number, meter: Meter): Int32Array {
  const { nodes, offsets, targets, kinds } = graph;
  const pending = int32Array(nodes);
  const end = offsets[nodes]!;
  for (let edge = 0; edge < end; edge++)
    if ((kinds[edge]! & mask) !== 0) pending[targets[edge]!]!++;
  const queue = int32Array(nodes);
  let size = 0;
  for (let node = 0; node < nodes; node++) if (pending[node] === 0) queue[size++] = node;
  for (let at = 0; at < size; at++) {
    const node = queue[at]!;
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      if ((kinds[edge]! & mask) === 0) continue;
      if (--pending[targets[edge]!]! === 0) queue[size++] = targets[edge]!;
    }
  }
  meter.step(2 * (nodes + end));
  return queue.subarray(0, size);
}

/** Numbers the components of the other nodes, and returns how many there are. */
function numberRest(
  { nodes, offsets, targets, kinds }: Graph,
  mask: number,
  done: Int32Array,
  of: Int32Array,
  meter: Meter,
): number {
  // When it was reached, from 1; 0 for not yet. The lowest that is reached from it while it is open.
  const reached = int32Array(nodes);
  const low = int32Array(nodes);
  const stack = int32Array(nodes);
  const path = int32Array(nodes);
  const next = copyOf(offsets, nodes);
  let clock = 0;
  let count = 0;
  let stackSize = 0;
  for (const node of done) reached[node] = 1;
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
  return count;
}

/** The nodes of each component that has a cycle, which is one of two nodes or more: no edge leads from a node to itself. */
export function cyclicOnes({ count, of }: Components): Int32Array[] {
  if (count === of.length) return [];
  const sizes = int32Array(count);
  for (let node = 0; node < of.length; node++) sizes[of[node]!]!++;
  // Where the next node of each goes; only those of two nodes or more have a place.
  const next = int32Array(count);
  let size = 0;
  for (let component = 0; component < count; component++) {
    next[component] = size;
    if (sizes[component]! > 1) size += sizes[component]!;
  }
  const members = int32Array(size);
  for (let node = 0; node < of.length; node++)
    if (sizes[of[node]!]! > 1) members[next[of[node]!]!++] = node;
  const cyclic: Int32Array[] = [];
  for (let component = 0; component < count; component++)
    if (sizes[component]! > 1)
      cyclic.push(members.subarray(next[component]! - sizes[component]!, next[component]));
  return cyclic;
}
