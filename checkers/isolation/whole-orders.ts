/**
 * Whether a level is kept although the order of some versions was never seen. Adya's levels ask for *some* order of versions under
 * which the dependencies have no forbidden cycle (Adya 1999, §4.2), so one that is found is a proof. Those that are tried follow an
 * order of transactions; where none will do, nothing is proven, either way.
 *
 *     T1: append x 1, append y 1, read z → []     nobody read x. Whichever of T1 and T2 appended to it first, the other
 *     T2: append x 2, append z 1, read y → []     overwrote it and did not see what it should: no snapshots, but no cycle seen
 */
import { int32Array } from './arrays.ts';
import { componentsOf } from './cycles/components.ts';
import type { Components } from './cycles/components.ts';
import { withEdges } from './cycles/graph.ts';
import type { Graph } from './cycles/graph.ts';
import { orderMask } from './cycles/search.ts';
import type { Cycle } from './cycles/search.ts';
import { inOrder } from './cycles/topological.ts';
import { swapper, swapsOf } from './swaps.ts';
import type { EarlierOf } from './swaps.ts';
import { variants } from './levels/anomalies.ts';
import type { Meter } from './meter.ts';
import type { Reads, Transactions } from './transactions.ts';
import { lineOf, turnsOf } from './turns.ts';

/** The order of versions as far as it was seen, and how to take the rest as given. */
export interface PartialOrders {
  readonly reads: Reads;
  /** Keys of which two versions have no order, as far as that matters where these transactions are on common cycles. */
  unordered(components: Components): readonly number[];
  /** Whether all that happened has a serial order that respects what the variant says; false if none was found. */
  hasSerialOrder(variant: number): boolean;
  /** The graph with what the level implies of the order of versions, for there is no proof without that. */
  implied(): Graph;
  /** What is wrong once the versions of unknown order have that of their writers in `order`; undefined if they cannot have it. */
  tried(order: Int32Array): Trial | undefined;
}

/** Cycles, and whether one is forbidden. */
export interface Trial {
  readonly isForbidden: boolean;
  readonly cycles: readonly Cycle[];
  readonly earlierOf: EarlierOf;
}

/** The keys whose unseen order leaves it open whether a level is kept; empty if it is proven. `variant` is that of the level. */
export function openKeys(
  graph: Graph,
  txns: Transactions,
  variant: number,
  orders: PartialOrders,
  meter: Meter,
): readonly number[] {
  meter.stage('looking for an order of versions that nobody saw');
  const unordered = orders.unordered(componentsOf(graph, orderMask(variant), meter));
  if (unordered.length === 0) return [];
  const isAcyclic = (each: number) =>
    componentsOf(graph, orderMask(each), meter).count === graph.nodes;
  if (strictestFirst(variant).some((each) => isAcyclic(each) && orders.hasSerialOrder(each)))
    return [];
  const implied = orders.implied();
  const priority = priorities(lineOf(turnsOf(txns, orders.reads)), graph.nodes);
  let trialsLeft = Math.ceil(edgesMax / (graph.targets.length + 1));
  for (const mask of strictestFirst(variant).map(orderMask)) {
    const swapping = swapper(meter);
    for (let count = 0; count < trialsMax && trialsLeft-- > 0; count++) {
      const mended = withEdges(implied, swapping.made, meter);
      const components = componentsOf(mended, mask, meter);
      const order = inOrder(mended, mask, components, priority, meter);
      const trial = orders.tried(order.filter((node) => node < txns.count));
      if (trial === undefined) break;
      if (!trial.isForbidden) return [];
      const swaps = swapsOf(trial.cycles, implied, txns.count, trial.earlierOf);
      if (!swapping.mend(swaps, mended, order)) break;
    }
  }
  return unordered;
}

/** Most databases keep real time, and it leaves least to choose. */
const strictestFirst = (variant: number): readonly number[] => [
  ...new Set([variants.length - 1, variant]),
];

/** Each mends what was wrong in the one before. */
const trialsMax = 64;
/** Of all trials together; one there is however large the graph. */
const edgesMax = 8_000_000;

/** Places in a line of all turns. Moments come as soon as they can. */
function priorities(line: Int32Array, nodes: number): Int32Array {
  const count = line.length;
  const priority = int32Array(nodes);
  for (let place = 0; place < count; place++) priority[line[place]!] = nodes - count + place;
  for (let moment = count; moment < nodes; moment++) priority[moment] = moment - count;
  return priority;
}
