/**
 * Registers with unique values, in linear time, after Gibbons & Korach (SIAM J. Comput. 26(4), 1997, section 4.2).
 *
 * A write and the reads that saw its value are a cluster, and must follow each other with no other write between. Of each
 * cluster two moments count: the first return `f` and the last call `s` in it. If f < s, then the value was there from f
 * to s for certain: a forward zone. If s < f, all of them overlap, and may take effect at any one moment from s to f: a
 * backward zone. There is an order unless a read returns before its write is called, or two forward zones overlap, or a
 * backward zone lies within a forward one.
 *
 *   write 1  |--|            f = 2, s = 9: forward from 2 to 9
 *   read 1            |--|
 *   write 2    |-----|       f = 7, s = 4: backward from 4 to 7, within it: impossible
 *
 * A write that may have happened has no return; if nobody saw it, it did not. The initial value is written before all.
 * Compare-and-sets have no place in this; objects with any are left alone.
 */
import type { Patience } from '../../claims/patience.ts';
import { atEnd, atLeaves, atNeeds, isRequired, rowOf } from './table.ts';
import type { Table } from './table.ts';

/** An order; or there is none, for the required operation's return contradicts what comes before it; or no such register. */
export type ZonesOutcome = Int32Array | { readonly blocked: number } | 'unfit';

/** Judges objects, one at a time, by their events. An order is good until the next is asked for. */
export function zonesOf(table: Table, patience: Patience): (events: Int32Array) => ZonesOutcome {
  let clusters: Clusters | undefined;
  return (events) => {
    clusters ??= emptyClusters(table);
    if (!isFit(table, events, clusters, patience)) return 'unfit';
    const lost = gather(table, events, clusters);
    if (lost !== none) return lost === writtenTwice ? 'unfit' : { blocked: lost };
    const blocked = sweep(table, events, clusters);
    return blocked === none ? orderOf(table, events, clusters) : { blocked };
  };
}

/** By value. Moments are places in the events. */
interface Clusters {
  readonly firstReturn: Int32Array;
  readonly lastCall: Int32Array;
  readonly writtenAt: Int32Array;
  readonly members: Int32Array;
  /** The values in the order in which they are there, so many of them. */
  readonly line: Int32Array;
  lined: number;
  readonly order: Int32Array;
}

const emptyClusters = ({ values, count }: Table): Clusters => ({
  firstReturn: new Int32Array(values),
  lastCall: new Int32Array(values),
  writtenAt: new Int32Array(values),
  members: new Int32Array(values),
  line: new Int32Array(values),
  lined: 0,
  order: new Int32Array(count),
});

const never = 2 ** 31 - 1;
/** Before all events. */
const atFirst = -1;

/** Of a read or a plain write: it leaves or it needs. */
function valueOf({ rows }: Table, operation: number): number {
  const left = rows[operation + atLeaves]!;
  return left >= 0 ? left : rows[operation + atNeeds]!;
}

/** Empties the clusters of the values that are spoken of; false when some operation is neither a read nor a plain write. */
function isFit(table: Table, events: Int32Array, clusters: Clusters, patience: Patience): boolean {
  const { rows, forbids } = table;
  empty(clusters, 0);
  for (let moment = 0; moment < events.length; moment++) {
    patience.tick();
    const event = events[moment]!;
    if (event < 0) continue;
    const isWrite = rows[event + atLeaves]! >= 0;
    if (isWrite === rows[event + atNeeds]! >= 0 || forbids[rowOf(event)] !== 0) return false;
    empty(clusters, valueOf(table, event));
  }
  return true;
}

/** The initial value is written, and its zone begins, before all. */
function empty({ firstReturn, lastCall, writtenAt, members }: Clusters, value: number): void {
  firstReturn[value] = value === 0 ? atFirst : never;
  lastCall[value] = atFirst;
  writtenAt[value] = value === 0 ? atFirst : never;
  members[value] = 0;
}

/**
 * Collects the moments of each cluster. `writtenTwice` when a value is; else the first read that returns before its
 * value's write is called, or `none`.
 */
function gather(
  table: Table,
  events: Int32Array,
  { firstReturn, lastCall, writtenAt, members }: Clusters,
): number {
  const { rows } = table;
  let lost = none;
  for (let moment = 0; moment < events.length; moment++) {
    const event = events[moment]!;
    const value = valueOf(table, event < 0 ? ~event : event);
    if (event < 0) {
      if (moment < firstReturn[value]!) firstReturn[value] = moment;
      if (lost === none && writtenAt[value] === never) lost = ~event;
      continue;
    }
    lastCall[value] = moment;
    members[value]!++;
    if (rows[event + atLeaves]! < 0) continue;
    if (writtenAt[value] !== never) return writtenTwice;
    writtenAt[value] = moment;
  }
  return lost;
}

const none = -1;
const writtenTwice = -2;

/**
 * Lines up the clusters by one moment of each: a forward one's is its beginning; a backward one's is its beginning too
 * where no forward one is open, and else the end of that one. The operation that is blocked where that cannot be, or `none`.
 */
function sweep(table: Table, events: Int32Array, clusters: Clusters): number {
  const { firstReturn, lastCall, line } = clusters;
  let open = lastCall[0] === atFirst ? none : 0;
  let length = 0;
  if (open === 0) line[length++] = 0;
  /** Backward zones that began since the open one did. */
  const waiting: number[] = [];
  for (let moment = 0; moment < events.length; moment++) {
    const event = events[moment]!;
    const value = valueOf(table, event < 0 ? ~event : event);
    const first = firstReturn[value]!;
    const last = lastCall[value]!;
    if (first === never || moment !== (event < 0 ? first : last)) continue;
    const isBackward = first > last;
    if (event < 0 && (isBackward ? waiting.includes(value) : open >= 0))
      return blockedBy(table, events[lastCall[open]!]!, events[last]!);
    if (isBackward && event >= 0 && open >= 0) {
      waiting.push(value);
    } else if (isBackward === event >= 0) {
      line[length++] = value;
      if (!isBackward) open = value;
    } else if (!isBackward) {
      open = none;
      for (const each of waiting) line[length++] = each;
      waiting.length = 0;
    }
  }
  clusters.lined = length;
  return none;
}

/** Of the operations that make two zones as late as they are, the one that returns last; an unknown one never does. */
function blockedBy({ rows }: Table, a: number, b: number): number {
  if (!isRequired(rows, b)) return a;
  return rows[a + atEnd]! > rows[b + atEnd]! ? a : b;
}

/** Cluster by cluster, each its write first, then its reads in the order of their calls. */
function orderOf(table: Table, events: Int32Array, clusters: Clusters): Int32Array {
  const { members, firstReturn, writtenAt, line, lined, order } = clusters;
  let length = 0;
  /** By value, where its next read goes; there is no more use for the first return. */
  const nextPlace = firstReturn;
  for (let at = 0; at < lined; at++) {
    const value = line[at]!;
    const begin = length;
    length += members[value]!;
    nextPlace[value] = writtenAt[value]! >= 0 ? begin + 1 : begin;
    members[value] = begin;
  }
  for (let moment = 0; moment < events.length; moment++) {
    const event = events[moment]!;
    if (event < 0) continue;
    const value = valueOf(table, event);
    if (nextPlace[value] === never) continue;
    if (table.rows[event + atLeaves]! >= 0) order[members[value]!] = event;
    else order[nextPlace[value]!++] = event;
  }
  return order.subarray(0, length);
}
