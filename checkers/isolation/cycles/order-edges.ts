/**
 * Edges that come from the order of entries, not from data: what one client did one after the other, and what had completed before
 * something else began.
 *
 * Said pair by pair, *completed before* would take as many edges as there are pairs. It is said by a chain of moments instead:
 *
 *     T0 ├──┤                T0 → m0 → T1, T2       a moment stands between the completions before it
 *     T1      ├───────┤      T1, T2 → m1 → T3       and the invocations after it; m0 → m1
 *     T2       ├──┤
 *     T3               ├─┤
 *
 * A transaction reaches another through moments exactly if it completed before the other began, whatever the concurrency.
 * One whose end nobody knows never completed, but began after others.
 */
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import { outcomes } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import { kinds } from './graph.ts';
import type { EdgeList } from './graph.ts';

/** Between transactions of which it is `known` that they happened. */
export function addProcessEdges(txns: Transactions, known: Uint8Array, edges: EdgeList): void {
  const last = int32Array(txns.processNames.length).fill(-1);
  for (let t = 0; t < txns.count; t++) {
    if (known[t] === 0) continue;
    const process = txns.process[t]!;
    if (last[process]! >= 0) edges.add(last[process]!, t, kinds.process);
    if (txns.outcome[t] === outcomes.ok) last[process] = t;
  }
}

/** Adds the moments as nodes after those of the transactions, and returns how many nodes there are then. */
export function addRealtimeEdges(
  txns: Transactions,
  known: Uint8Array,
  edges: EdgeList,
  meter: Meter,
): number {
  const completes = completionsAt(txns, known, meter);
  let moment = txns.count - 1;
  let entry = 0;
  // Where a transaction begins before anything has completed there is no moment yet.
  for (let t = 0; t < txns.count; t++) {
    if (known[t] === 0) continue;
    let isNew = true;
    for (; entry < txns.invoke[t]!; entry++) {
      const done = completes[entry]! - 1;
      if (done < 0) continue;
      if (isNew) moment++;
      if (isNew && moment > txns.count) edges.add(moment - 1, moment, kinds.realtime);
      isNew = false;
      edges.add(done, moment, kinds.realtime);
    }
    if (moment >= txns.count) edges.add(moment, t, kinds.realtime);
  }
  meter.step(2 * txns.count);
  return moment + 1;
}

/** For each entry up to the last invocation, which known transaction it completes, plus one. */
function completionsAt(
  { count, invoke, complete, outcome }: Transactions,
  known: Uint8Array,
  meter: Meter,
): Int32Array {
  const entries = count === 0 ? 0 : invoke[count - 1]!;
  meter.room(entries * 4);
  const completes = int32Array(entries);
  for (let t = 0; t < count; t++)
    if (known[t] === 1 && outcome[t] === outcomes.ok && complete[t]! < entries)
      completes[complete[t]!] = t + 1;
  return completes;
}
