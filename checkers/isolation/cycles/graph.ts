/**
 * Graphs of dependencies as typed arrays: edges are collected, then sorted by where they leave (CSR), so that what leaves a
 * node lies together. Two nodes may have several edges, one of each kind.
 */
import { copyOf, grown, int32Array, uint8Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';

/** Bits, so that a set of kinds is one number. */
export const kinds = { ww: 1, wr: 2, rw: 4, process: 8, realtime: 16 } as const;

export interface Graph {
  readonly nodes: number;
  /** Where the edges of a node begin, and, one further, where the last one's end. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly kinds: Uint8Array;
}

/** Edges that are still being collected, in the order in which they came. */
export interface EdgeList {
  add(from: number, to: number, kind: number): void;
  readonly size: number;
  /** Nodes are the numbers below `nodes`. */
  toGraph(nodes: number): Graph;
}

/** Empty, with room for as many as are expected. */
export function edgeList(meter: Meter, sizeExpected = 1024): EdgeList {
  let room = Math.max(16, sizeExpected);
  meter.take(room * bytesPerEdge);
  let from = int32Array(room);
  let to = int32Array(room);
  let kind = uint8Array(room);
  let size = 0;
  const grow = () => {
    meter.take(room * bytesPerEdge);
    room *= 2;
    from = grown(from, int32Array(room));
    to = grown(to, int32Array(room));
    kind = grown(kind, uint8Array(room));
  };
  return {
    add(a, b, c) {
      if (size === room) grow();
      from[size] = a;
      to[size] = b;
      kind[size++] = c;
    },
    get size() {
      return size;
    },
    toGraph(nodes) {
      meter.take(size * 5 + nodes * 8);
      return sorted({ from, to, kind, size }, nodes);
    },
  };
}

const bytesPerEdge = 9;

interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kind: Uint8Array;
  readonly size: number;
}

/** A counting sort. */
function sorted({ from, to, kind, size }: Edges, nodes: number): Graph {
  const offsets = int32Array(nodes + 1);
  for (let edge = 0; edge < size; edge++) offsets[from[edge]! + 1]!++;
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  const next = copyOf(offsets, nodes);
  const targets = int32Array(size);
  const sortedKinds = uint8Array(size);
  for (let edge = 0; edge < size; edge++) {
    const place = next[from[edge]!]!++;
    targets[place] = to[edge]!;
    sortedKinds[place] = kind[edge]!;
  }
  return { nodes, offsets, targets, kinds: sortedKinds };
}

/** The graph with edges of kind `ww` added. */
export function withEdges(
  graph: Graph,
  pairs: readonly (readonly [from: number, to: number])[],
  meter: Meter,
): Graph {
  const size = graph.targets.length;
  const room = size + pairs.length;
  meter.room(room * bytesPerEdge);
  meter.step(room);
  const [from, to, kind] = [int32Array(room), int32Array(room), uint8Array(room)];
  for (let node = 0; node < graph.nodes; node++)
    from.fill(node, graph.offsets[node], graph.offsets[node + 1]);
  to.set(graph.targets);
  kind.set(graph.kinds);
  for (const [at, pair] of pairs.entries()) {
    [from[size + at], to[size + at]] = pair;
    kind[size + at] = kinds.ww;
  }
  return sorted({ from, to, kind, size: room }, graph.nodes);
}

/** A part of a graph, with the edges between its nodes; `names` are its nodes' numbers in the whole. */
export interface Part extends Graph {
  readonly names: Int32Array;
}

/** The part of these nodes. `place` is as large as the graph and -1 everywhere; it is left so. */
export function partOf(graph: Graph, nodes: Int32Array, place: Int32Array, meter: Meter): Part {
  for (let i = 0; i < nodes.length; i++) place[nodes[i]!] = i;
  const offsets = int32Array(nodes.length + 1);
  let size = 0;
  for (let i = 0; i < nodes.length; i++) {
    for (let e = graph.offsets[nodes[i]!]!; e < graph.offsets[nodes[i]! + 1]!; e++)
      if (place[graph.targets[e]!]! >= 0) size++;
    offsets[i + 1] = size;
  }
  meter.room(size * 5 + nodes.length * 8);
  meter.step(size + nodes.length);
  const targets = int32Array(size);
  const partKinds = uint8Array(size);
  let at = 0;
  for (let i = 0; i < nodes.length; i++)
    for (let e = graph.offsets[nodes[i]!]!; e < graph.offsets[nodes[i]! + 1]!; e++) {
      const target = place[graph.targets[e]!]!;
      if (target < 0) continue;
      targets[at] = target;
      partKinds[at++] = graph.kinds[e]!;
    }
  for (let i = 0; i < nodes.length; i++) place[nodes[i]!] = -1;
  return { nodes: nodes.length, offsets, targets, kinds: partKinds, names: nodes };
}
