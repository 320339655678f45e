/**
 * In what order the versions of each register were written, as far as can be told (Elle §4.3). No read of a register shows what was there
 * before, so beyond that every version comes after the one before all writes, an order must be claimed:
 *
 *     wfr            writes follow reads: who met 1 and left 2 wrote 2 after 1
 *     sequential     per key, each client's transactions took effect in their order: left by one, then met by the next
 *     linearizable   per key, what had completed came before what then began
 *     order          the transactions were committed in the order that is given
 *
 * Each claim is used within one key, between the transactions that touch it: from the version that the earlier left to the one that
 * the later met. Whoever then met one and left another wrote it after; so the last three need wfr, and include it.
 *
 * *Completed before* is said by few pairs: those to which nothing stands between. Of transactions that completed,
 * only those are remembered which did not all complete before another remembered one began; a key that c clients touch at a time has
 * c of them at most.
 */
import { dataError } from '../../../src/core/errors.ts';
import { indexAt } from '../../../src/core/history/entry-columns.ts';
import { int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import type { EdgeList } from '../cycles/graph.ts';
import { mopKinds, outcomes } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import type { Touches } from './touches.ts';

/** Bits: why one version comes before another. */
export const reasons = { wfr: 1, sequential: 2, linearizable: 4, order: 8, initial: 16 } as const;

export type Claim = 'wfr' | 'sequential' | 'linearizable';
export const claims: readonly Claim[] = ['wfr', 'sequential', 'linearizable'];

export interface Claims {
  readonly keys: readonly Claim[];
  /** Indexes of invocations, in the order in which their transactions were committed. */
  readonly transactionOrder: readonly number[] | undefined;
  /** All transactions, in the order that their versions are taken to have. */
  readonly writers?: Int32Array | undefined;
}

/** What the claims say of versions; a version is never said to come before itself. */
export function addVersionEdges(
  txns: Transactions,
  touches: Touches,
  { keys, transactionOrder, writers }: Claims,
  edges: EdgeList,
  meter: Meter,
): void {
  const add = versionAdder(txns, touches, edges);
  if (keys.length > 0 || transactionOrder !== undefined)
    for (let i = 0; i < touches.key.length; i++)
      add(touches.met[i]!, touches.left[i]!, reasons.wfr);
  if (keys.includes('sequential')) {
    const last = new Map<number, number>();
    for (let i = 0; i < touches.key.length; i++) {
      const t = touches.transaction[i]!;
      const place = txns.process[t]! * txns.keyNames.length + touches.key[i]!;
      const before = last.get(place);
      if (before !== undefined) add(touches.left[before]!, touches.met[i]!, reasons.sequential);
      if (txns.outcome[t] === outcomes.ok) last.set(place, i);
      meter.step(8);
    }
  }
  if (keys.includes('linearizable')) addFrontiers(txns, touches, add, meter);
  if (transactionOrder !== undefined) addGiven(txns, touches, transactionOrder, add);
  if (writers !== undefined) addWritersInOrder(txns, touches, writers, add);
}

type Add = (earlier: number, later: number, reason: number) => void;

function versionAdder({ itemCount }: Transactions, { isVersion }: Touches, edges: EdgeList): Add {
  const counts = (version: number) => version >= itemCount || isVersion[version] === 1;
  return (earlier, later, reason) => {
    if (earlier !== later && counts(earlier) && counts(later)) edges.add(earlier, later, reason);
  };
}

/** For each key, the touches that completed and have no later one between them and what begins next. */
function addFrontiers(txns: Transactions, touches: Touches, add: Add, meter: Meter): void {
  const { invoke, complete, outcome, keyNames } = txns;
  const open: number[][] = Array.from(keyNames, () => []);
  const frontier: number[][] = Array.from(keyNames, () => []);
  const completeOf = (touch: number) => complete[touches.transaction[touch]!]!;
  for (let i = 0; i < touches.key.length; i++) {
    const key = touches.key[i]!;
    const t = touches.transaction[i]!;
    const began = invoke[t]!;
    const done = open[key]!.filter((each) => completeOf(each) < began);
    if (done.length > 0) {
      open[key] = open[key]!.filter((each) => completeOf(each) >= began);
      for (const each of done.toSorted((a, b) => completeOf(a) - completeOf(b))) {
        const since = invoke[touches.transaction[each]!]!;
        frontier[key] = frontier[key]!.filter((earlier) => completeOf(earlier) >= since);
        frontier[key].push(each);
      }
    }
    for (const earlier of frontier[key]!)
      add(touches.left[earlier]!, touches.met[i]!, reasons.linearizable);
    meter.step(1 + open[key]!.length + frontier[key]!.length);
    if (outcome[t] === outcomes.ok) open[key]!.push(i);
  }
}

function addGiven(
  txns: Transactions,
  touches: Touches,
  transactionOrder: readonly number[],
  add: Add,
): void {
  const rank = new Map(transactionOrder.map((invocation, place) => [invocation, place]));
  const invoked = new Set(Array.from(txns.invoke, (place) => indexAt(txns, place)));
  const other = transactionOrder.find((index) => !invoked.has(index));
  if (other !== undefined)
    throw dataError(`transactionOrder: entry ${other} does not invoke a transaction`);
  const rankOf = (touch: number) =>
    rank.get(indexAt(txns, txns.invoke[touches.transaction[touch]!]!));
  const given = [...touches.key.keys()].filter((touch) => rankOf(touch) !== undefined);
  const last = new Map<number, number>();
  for (const touch of given.toSorted((a, b) => rankOf(a)! - rankOf(b)!)) {
    const before = last.get(touches.key[touch]!);
    if (before !== undefined) add(touches.left[before]!, touches.met[touch]!, reasons.order);
    last.set(touches.key[touch]!, touch);
  }
}

function addWritersInOrder(
  { first, mopKind, mopKey, mopAt, keyNames }: Transactions,
  { isVersion }: Touches,
  writers: Int32Array,
  add: Add,
): void {
  const last = int32Array(keyNames.length).fill(-1);
  for (const t of writers)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] !== mopKinds.write || isVersion[mopAt[mop]!] === 0) continue;
      const before = last[mopKey[mop]!]!;
      if (before >= 0) add(before, mopAt[mop]!, reasons.order);
      last[mopKey[mop]!] = mopAt[mop]!;
    }
}
