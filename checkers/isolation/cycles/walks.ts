/**
 * The shortest closed walk through a graph, over edges of some kinds, in breadth-first order: what a person has to follow to see
 * that there is a cycle.
 *
 * From every one of some starts as long as that is cheap, so that it is the shortest of all in any component that people may wish to
 * look at, and a short one in those that are larger.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import type { Graph } from './graph.ts';

/** A closed walk: its nodes, and the kinds of the edge that leaves each for the next, the last for the first. */
export interface Walk {
  readonly nodes: readonly number[];
  readonly kinds: readonly number[];
}

/** One that begins with an edge of `graph` from `from` to `to`. */
export interface Start {
  readonly from: number;
  readonly to: number;
  readonly kind: number;
}

/** The shortest that begins with one of the starts and goes on over edges of the kinds in `mask`. */
export function shortestWalk(
  graph: Graph,
  starts: readonly Start[],
  mask: number,
  meter: Meter,
): Walk | undefined {
  meter.room(graph.nodes * 16);
  const search: Search = {
    graph,
    mask,
    meter,
    seen: int32Array(graph.nodes),
    edgeTo: int32Array(graph.nodes),
    cameFrom: int32Array(graph.nodes),
    queue: int32Array(graph.nodes),
    stamp: 0,
  };
  let best: Walk | undefined;
  let work = 0;
  for (const start of starts) {
    const found = walkFrom(search, start, best?.nodes.length ?? Number.POSITIVE_INFINITY);
    if (found !== undefined && (best === undefined || found.nodes.length < best.nodes.length))
      best = found;
    work += graph.nodes + graph.targets.length;
    if (best !== undefined && work > workMax) break;
  }
  return best;
}

/** Nodes and edges, over all starts, that are looked at to make a cycle shorter. */
const workMax = 5_000_000;

interface Search {
  readonly graph: Graph;
  readonly mask: number;
  readonly meter: Meter;
  /** Which start reached the node last. */
  readonly seen: Int32Array;
  readonly edgeTo: Int32Array;
  readonly cameFrom: Int32Array;
  readonly queue: Int32Array;
  stamp: number;
}

function walkFrom(search: Search, start: Start, shorterThan: number): Walk | undefined {
  const { graph, mask, seen, edgeTo, cameFrom, queue, meter } = search;
  const stamp = ++search.stamp;
  queue[0] = start.to;
  seen[start.to] = stamp;
  edgeTo[start.to] = -1;
  let end = 1;
  let depthEnd = 1;
  let length = 1;
  for (let at = 0; at < end; at++) {
    if (at === depthEnd) {
      depthEnd = end;
      length++;
    }
    if (length >= shorterThan) return undefined;
    const node = queue[at]!;
    if (node === start.from) return walkBack(search, start);
    meter.step(graph.offsets[node + 1]! - graph.offsets[node]! + 1);
    for (let edge = graph.offsets[node]!; edge < graph.offsets[node + 1]!; edge++) {
      const target = graph.targets[edge]!;
      if ((graph.kinds[edge]! & mask) === 0 || seen[target] === stamp) continue;
      seen[target] = stamp;
      edgeTo[target] = edge;
      cameFrom[target] = node;
      queue[end++] = target;
    }
  }
  return undefined;
}

function walkBack({ graph, edgeTo, cameFrom }: Search, start: Start): Walk {
  const nodes: number[] = [];
  const kinds: number[] = [];
  for (let node = start.from; node !== start.to; node = cameFrom[node]!) {
    kinds.push(graph.kinds[edgeTo[node]!]!);
    nodes.push(cameFrom[node]!);
  }
  return { nodes: [start.from, ...nodes.toReversed()], kinds: [start.kind, ...kinds.toReversed()] };
}
