/**
 * The checker for transactions that write unique values to registers and read them (Kingsbury & Alvaro, *Elle*, VLDB 2020, §4.3).
 *
 * Who reads a value read from its only writer. In what order values were written no read shows: that must be claimed, per key, and
 * `version-order.ts` says what can be. Without a claim much remains unseen; with one that the system does not keep, that is what is
 * found. A workload that reads before it writes says most with `wfr`.
 */
import { usageError } from '../../../src/core/errors.ts';
import { nearestHint } from '../../../src/core/nearest.ts';
import type { NamedChecker } from '../../spec.ts';
import { findBadReads, writesInTurn } from '../bad-reads.ts';
import type { Graph } from '../cycles/graph.ts';
import { oddityList } from '../findings.ts';
import { judge } from '../judged.ts';
import type { Inspection, Tools } from '../judged.ts';
import { findLostUpdates } from '../lost-updates.ts';
import { variantOf } from '../levels/levels.ts';
import { levelFrom } from '../options.ts';
import { earlierMops, readsOf } from '../transactions.ts';
import { addDataEdges, unorderedKeys, versionGraph } from './dependencies.ts';
import { dependencyEvidence, earlierWriters } from './explain.ts';
import { findInternal } from './internal.ts';
import { knownOf } from './known.ts';
import { registers } from './registers.ts';
import { hasSerialOrder } from './serial/serial-order.ts';
import { touchesOf } from './touches.ts';
import type { Touches } from './touches.ts';
import { claims } from './version-order.ts';
import type { Claim, Claims } from './version-order.ts';

const checker = 'rw-register';

/** `consistency`, `keys` and `transactionOrder`; throws a `usage` error for anything else. */
export function rwRegisterFrom(options: Readonly<Record<string, unknown>>): NamedChecker {
  const { keys, transactionOrder, ...others } = options;
  const level = levelFrom(checker, others, ['keys', 'transactionOrder']);
  const claimed: Claims = {
    keys: claimsFrom(keys),
    transactionOrder: orderFrom(transactionOrder),
  };
  return {
    name: checker,
    says: `transactions that write to registers and read them are ${level}`,
    spec: { checker, options: { ...options, consistency: level } },
    check: ({ history }, budget) =>
      judge(
        { checker, level, kind: registers, inspect: inspectBy(claimed, impliedBy(level)) },
        history,
        budget,
      ),
  };
}

/** What a level that asks for an order of versions implies of it, per key. */
const impliedBy = (level: string): readonly Claim[] => claims.slice(0, variantOf(level) + 1);

/** Whether every serial order that respects what the variant says has its versions as they are claimed to be. */
const isKeptInOrder = ({ keys, transactionOrder }: Claims, variant: number): boolean =>
  transactionOrder === undefined && keys.every((claim) => claims.indexOf(claim) <= variant);

const inspectBy =
  (claimed: Claims, implied: readonly Claim[]) =>
  ({ txns, words, oddities, meter }: Tools): Inspection => {
    const known = knownOf(txns);
    const reads = readsOf(txns, known, meter);
    const earlierMop = earlierMops(txns, meter);
    const { later } = writesInTurn(txns, earlierMop);
    findBadReads(txns, reads, later, words, oddities, meter);
    findInternal(txns, reads, earlierMop, words, oddities);
    findLostUpdates(txns, known, earlierMop, words, oddities);
    let touches: Touches | undefined;
    let versions: Graph | undefined;
    return {
      known,
      reads,
      explain: dependencyEvidence(txns, () => versions!, words),
      addDataEdges(edges) {
        touches = touchesOf(txns, known, later, meter);
        versions = versionGraph(txns, touches, claimed, { words, oddities, meter });
        addDataEdges(txns, known, reads, versions, edges, meter);
        return () => unorderedKeys(txns, touches!, versions!, meter);
      },
      hasSerialOrder: (variant) =>
        isKeptInOrder(claimed, variant) &&
        hasSerialOrder({ txns, known, reads, isVersion: touches!.isVersion }, variant, meter),
      addDataEdgesInOrder(edges, order) {
        const circles = oddityList();
        const given = { ...claimed, keys: claimed.keys.concat(implied), writers: order };
        const whole = versionGraph(txns, touches!, given, { words, oddities: circles, meter });
        addDataEdges(txns, known, reads, whole, edges, meter);
        return circles.counts.size === 0 ? earlierWriters(txns, whole) : undefined;
      },
    };
  };

/** A list, or the text of one with commas. */
function claimsFrom(keys: unknown): readonly Claim[] {
  if (keys === undefined) return [];
  const named: readonly unknown[] = typeof keys === 'string' ? keys.split(',') : [keys].flat();
  for (const name of named)
    if (!(claims as readonly unknown[]).includes(name))
      throw usageError(`--keys: ${String(name)} is not known`, nearestHint(String(name), claims));
  return named as readonly Claim[];
}

function orderFrom(order: unknown): readonly number[] | undefined {
  if (order === undefined) return undefined;
  if (!Array.isArray(order) || !order.every(Number.isSafeInteger))
    throw usageError('transactionOrder must be a list of the indexes of invocations');
  if (new Set(order).size !== order.length) throw usageError('transactionOrder has an index twice');
  return order as readonly number[];
}
