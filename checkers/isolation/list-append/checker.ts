/**
 * The checker for transactions that append unique values to lists and read whole lists (Kingsbury & Alvaro, *Elle: Inferring Isolation
 * Anomalies from Experimental Observations*, VLDB 2020).
 *
 * Because a read shows the whole history of its list, the order of versions is seen, not guessed, and so is what every
 * transaction overwrote, read and missed. These dependencies make a graph; a cycle in it, named by its kinds of edges, is an
 * anomaly, and so is what single reads show. Every anomaly excludes isolation levels.
 */
import type { NamedChecker } from '../../spec.ts';
import { findLostUpdates } from '../lost-updates.ts';
import { judge } from '../judged.ts';
import type { Inspection, Tools } from '../judged.ts';
import { levelFrom } from '../options.ts';
import { earlierMops } from '../transactions.ts';
import { addDataEdges } from './edges.ts';
import { dependencyEvidence } from './explain.ts';
import { findInternal } from './internal.ts';
import { findOddities } from './oddities.ts';
import { lists } from './lists.ts';
import { addUnreadInOrder, unorderedKeys } from './unread.ts';
import { versionOrders } from './version-orders.ts';

/** `consistency` names the level that is claimed; throws a `usage` error for any other option. */
export function listAppendFrom(options: Readonly<Record<string, unknown>>): NamedChecker {
  const level = levelFrom('list-append', options);
  return {
    name: 'list-append',
    says: `transactions that append to lists and read them are ${level}`,
    spec: { checker: 'list-append', options: { consistency: level } },
    check: ({ history }, budget) =>
      judge({ checker: 'list-append', level, kind: lists, inspect }, history, budget),
  };
}

function inspect({ txns, words, oddities, meter }: Tools): Inspection {
  const orders = versionOrders(txns, meter);
  const earlierMop = earlierMops(txns, meter);
  findOddities(txns, orders, earlierMop, words, oddities, meter);
  findInternal(txns, orders.known, earlierMop, words, oddities, meter);
  findLostUpdates(txns, orders.known, earlierMop, words, oddities);
  return {
    known: orders.known,
    reads: orders.reads,
    explain: dependencyEvidence(txns, orders, words),
    addDataEdges(edges) {
      const unread = addDataEdges(txns, orders, edges, meter);
      return (components) => unorderedKeys(unread, components);
    },
    // The order of what was read is known, and is not to be found again.
    hasSerialOrder: () => false,
    addDataEdgesInOrder(edges, order) {
      const unread = addDataEdges(txns, orders, edges, meter);
      if (order !== undefined) addUnreadInOrder(unread, order, edges);
      return (from) => from;
    },
  };
}
