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
import type { Graph } from './cycles/graph.ts';
import { orderMask } from './cycles/search.ts';
import { inOrder } from './cycles/topological.ts';
import { variants } from './levels/anomalies.ts';
import type { Meter } from './meter.ts';
import { forReads, lastItem } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** The order of versions as far as it was seen, and how to take the rest as given. */
export interface PartialOrders {
  /** 1 for a transaction that is known to have happened. */
  readonly known: Uint8Array;
  /** Keys of which two versions have no order, as far as that matters where these transactions are on common cycles. */
  unordered(components: Components): readonly number[];
  /** Whether there is a forbidden cycle once the versions of unknown order have that of their writers in `order`. */
  isForbidden(order: Int32Array): boolean;
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
  for (const mask of new Set([variants.length - 1, variant].map(orderMask))) {
    const components = componentsOf(graph, mask, meter);
    for (const priority of priorities(graph.nodes, txns, orders.known)) {
      const order = inOrder(graph, mask, components, priority, meter);
      if (!orders.isForbidden(order.filter((node) => node < txns.count))) return [];
    }
  }
  return unordered;
}

/**
 * In which turn transactions are taken where nothing else says it: as they completed, or as they were invoked. One whose end nobody knows had
 * happened when a reader of what it wrote completed. Moments come as soon as they can.
 */
function priorities(nodes: number, txns: Transactions, known: Uint8Array): readonly Int32Array[] {
  const { count, complete, writer } = txns;
  const end = int32Array(count).map((_, t) => (complete[t]! < 0 ? never : complete[t]!));
  forReads(txns, known, (mop, reader) => {
    const from = lastItem(txns, mop) < 0 ? -1 : writer[lastItem(txns, mop)]!;
    if (from >= 0 && end[reader]! < end[from]!) end[from] = end[reader]!;
  });
  const invoked = int32Array(count).map((_, t) => t);
  const completed = invoked.toSorted((a, b) => end[a]! - end[b]! || a - b);
  return [completed, invoked].map((turn) => {
    const priority = int32Array(nodes);
    for (const [place, t] of turn.entries()) priority[t] = nodes - count + place;
    for (let moment = count; moment < nodes; moment++) priority[moment] = moment - count;
    return priority;
  });
}

const never = 2 ** 31 - 1;
