/**
 * Cycles with exactly one anti-dependency (rw): an edge a → b of that kind and a path of the other kinds from b back to a.
 *
 * Asked only where the other edges alone have no cycle. They then have a topological order, in which reachability is one sweep: that of 32
 * edges at once, a bit each. What is most likely to be one is asked first: edges that lead furthest back in time.
 *
 * With real time there is a shorter way, for moments stand in one line: b reaches a through one exactly if the earliest moment that b
 * reaches is no later than the latest that reaches a. Two sweeps answer for all edges.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import type { Components } from './components.ts';
import { kinds } from './graph.ts';
import type { Part } from './graph.ts';
import type { Start } from './walks.ts';

/** Some of the rw edges that `mask` edges lead back from; empty if there is none. `order` is that of the mask's edges. */
export function singles(part: Part, mask: number, order: Components, meter: Meter): Start[] {
  // A path back leads forward in that order, so the edge itself must not.
  const leadsBack = ({ from, to }: Start) => order.of[to]! > order.of[from]!;
  const edges = rwEdges(part, meter).filter(leadsBack);
  const sweep = sweepOrder(order);
  const reach = int32Array(part.nodes);
  for (let from = 0; from < edges.length; from += 32) {
    const batch = edges.slice(from, from + 32);
    reach.fill(0);
    for (const [bit, { to }] of batch.entries()) reach[to]! |= 1 << bit;
    for (const node of sweep) {
      const bits = reach[node]!;
      if (bits === 0) continue;
      for (let edge = part.offsets[node]!; edge < part.offsets[node + 1]!; edge++)
        if ((part.kinds[edge]! & mask) !== 0) reach[part.targets[edge]!]! |= bits;
    }
    meter.step(part.nodes + part.targets.length);
    const found = batch.filter(({ from }, bit) => (reach[from]! & (1 << bit)) !== 0);
    if (found.length > 0) return found;
  }
  return [];
}

/** The same where the path passes a moment; moments are the nodes whose names are not below `transactions`. */
export function singlesInRealtime(
  part: Part,
  mask: number,
  order: Components,
  transactions: number,
  meter: Meter,
): Start[] {
  const earliest = int32Array(part.nodes).fill(never);
  const latest = int32Array(part.nodes).fill(-1);
  const sweep = sweepOrder(order);
  meter.step(2 * (part.nodes + part.targets.length));
  for (const node of sweep) {
    if (part.names[node]! >= transactions) latest[node] = part.names[node]!;
    for (let edge = part.offsets[node]!; edge < part.offsets[node + 1]!; edge++) {
      const target = part.targets[edge]!;
      if ((part.kinds[edge]! & mask) !== 0 && latest[target]! < latest[node]!)
        latest[target] = latest[node]!;
    }
  }
  for (const node of sweep.toReversed()) {
    if (part.names[node]! >= transactions) earliest[node] = part.names[node]!;
    for (let edge = part.offsets[node]!; edge < part.offsets[node + 1]!; edge++) {
      const target = part.targets[edge]!;
      if ((part.kinds[edge]! & mask) !== 0 && earliest[target]! < earliest[node]!)
        earliest[node] = earliest[target]!;
    }
  }
  return rwEdges(part, meter).filter(({ from, to }) => earliest[to]! <= latest[from]!);
}

const never = 2 ** 31 - 1;

/** Nodes such that edges lead forward: components are numbered against them, and each has one node. */
function sweepOrder({ count, of }: Components): Int32Array {
  const order = int32Array(count);
  for (let node = 0; node < of.length; node++) order[count - 1 - of[node]!] = node;
  return order;
}

/** Transactions are numbered in the order of their invocations. */
function rwEdges(part: Part, meter: Meter): Start[] {
  const edges: Start[] = [];
  for (let from = 0; from < part.nodes; from++)
    for (let edge = part.offsets[from]!; edge < part.offsets[from + 1]!; edge++)
      if (part.kinds[edge] === kinds.rw)
        edges.push({ from, to: part.targets[edge]!, kind: kinds.rw });
  meter.room(edges.length * 40);
  const back = ({ from, to }: Start) => part.names[to]! - part.names[from]!;
  return edges.toSorted((a, b) => back(a) - back(b));
}
