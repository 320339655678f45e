/** What to change in an order of versions that was taken for granted and made cycles. */
import { int32Array } from './arrays.ts';
import type { Graph } from './cycles/graph.ts';
import type { Cycle } from './cycles/search.ts';
import type { Meter } from './meter.ts';

/** Who wrote the version that one of `to` was taken to follow, in a dependency of that kind; -1 for the one before all writes. */
export type EarlierOf = (from: number, to: number, kind: number) => number;

/** A transaction that should have come before another. */
export type Swap = readonly [before: number, transaction: number];

/** For each cycle those of its dependencies that were not seen, the other way round. */
export const swapsOf = (
  cycles: readonly Cycle[],
  seen: Graph,
  transactions: number,
  earlierOf: EarlierOf,
): Swap[][] =>
  cycles.map(({ nodes, kinds }) =>
    nodes.flatMap((from, at): Swap[] => {
      const to = nodes[(at + 1) % nodes.length]!;
      if (from >= transactions || to >= transactions) return [];
      if (hasEdge(seen, from, to, kinds[at]!)) return [];
      const earlier = earlierOf(from, to, kinds[at]!);
      return earlier < 0 || earlier === to ? [] : [[to, earlier]];
    }),
  );

function hasEdge(graph: Graph, from: number, to: number, kind: number): boolean {
  for (let edge = graph.offsets[from]!; edge < graph.offsets[from + 1]!; edge++)
    if (graph.targets[edge] === to && graph.kinds[edge] === kind) return true;
  return false;
}

/** The swaps that have been made, from trial to trial. */
export interface Swapper {
  readonly made: readonly Swap[];
  /**
   * Of each cycle makes the swap of the closest in `order` that nothing in the graph forbids. Where there is none, those made before
   * around there are taken back, and not made again. False if nothing can be done.
   */
  mend(swaps: readonly (readonly Swap[])[], graph: Graph, order: Int32Array): boolean;
}

/** With none made yet. */
export function swapper(meter: Meter): Swapper {
  let made: Swap[] = [];
  const takenBack = new Set<string>();
  return {
    get made() {
      return made;
    },
    mend(swaps, graph, order) {
      const place = int32Array(order.length);
      for (let at = 0; at < order.length; at++) place[order[at]!] = at;
      const distance = ([a, b]: Swap) => place[a]! - place[b]!;
      const isPossible = ([before, transaction]: Swap) =>
        !takenBack.has(`${before} ${transaction}`) &&
        !leads(graph, place, transaction, before, meter);
      let changed = false;
      for (const some of swaps) {
        const sorted = some
          .filter((swap) => distance(swap) > 0)
          .toSorted((a, b) => distance(a) - distance(b));
        const possible = sorted.find(isPossible);
        const around = possible === undefined ? madeAround(made, sorted, place) : [];
        if (possible !== undefined) made.push(possible);
        for (const swap of around) takenBack.add(swap.join(' '));
        made = made.filter((swap) => !around.includes(swap));
        changed ||= possible !== undefined || around.length > 0;
      }
      return changed;
    },
  };
}

/** Those that lie in the part of the order that some others span. */
function madeAround(made: readonly Swap[], some: readonly Swap[], place: Int32Array): Swap[] {
  const places = some.flat().map((t) => place[t]!);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const isInside = (t: number) => place[t]! >= low && place[t]! <= high;
  return made.filter((swap) => swap.some(isInside));
}

/** Whether edges lead from one node to a later one; what comes after that in the order is not looked at. */
function leads(graph: Graph, place: Int32Array, from: number, to: number, meter: Meter): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    meter.step(graph.offsets[node + 1]! - graph.offsets[node]!);
    for (let edge = graph.offsets[node]!; edge < graph.offsets[node + 1]!; edge++) {
      const target = graph.targets[edge]!;
      if (target === to) return true;
      if (place[target]! < place[to]!) seen.add(target);
    }
  }
  return false;
}
