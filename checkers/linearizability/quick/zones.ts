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
import { required, silent } from './columns.ts';
import type { Columns } from './columns.ts';

export type ZonesOutcome =
  | { readonly kind: 'order'; readonly order: Int32Array }
  /** There is none: the required operation's return contradicts what comes before it. */
  | { readonly kind: 'none'; readonly blocked: number }
  /** Not a register with unique values. */
  | { readonly kind: 'unfit' };

/**
 * Judges objects, one at a time. What is given are the events of one, in their order: an operation's number for its call, the
 * complement (`~`) of it for its return.
 */
export function zonesOf(
  columns: Columns,
  patience: Patience,
): (events: Int32Array) => ZonesOutcome {
  let clusters: Clusters | undefined;
  return (events) => {
    clusters ??= emptyClusters(columns.values);
    const spoken = spokenOf(columns, events, clusters, patience);
    const lost = spoken === undefined ? unfit : gather(columns, spoken, clusters);
    if (spoken === undefined || lost === unfit) return { kind: 'unfit' };
    if (lost >= 0) return { kind: 'none', blocked: lost };
    const line = sweep(columns, spoken, clusters);
    return 'blocked' in line
      ? { kind: 'none', blocked: line.blocked }
      : { kind: 'order', order: orderOf(columns, spoken, clusters, line.values) };
  };
}

/** By value. Moments are places in what is spoken. */
interface Clusters {
  readonly firstReturn: Int32Array;
  readonly lastCall: Int32Array;
  readonly writtenAt: Int32Array;
  readonly members: Int32Array;
}

const emptyClusters = (values: number): Clusters => ({
  firstReturn: new Int32Array(values),
  lastCall: new Int32Array(values),
  writtenAt: new Int32Array(values),
  members: new Int32Array(values),
});

const never = 2 ** 31 - 1;
/** Before all events. */
const atFirst = -1;

/** The events of operations that say something, each with the value that it is about. */
interface Spoken {
  readonly events: Int32Array;
  readonly values: Int32Array;
}

/** Empties the clusters of the values that are spoken of; undefined for what is neither a read nor a plain write. */
function spokenOf(
  columns: Columns,
  events: Int32Array,
  clusters: Clusters,
  patience: Patience,
): Spoken | undefined {
  const { role, count, leaves, needs, forbids } = columns;
  const spoken = { events: new Int32Array(events.length), values: new Int32Array(events.length) };
  let length = 0;
  empty(clusters, 0);
  for (let place = 0; place < events.length; place++) {
    patience.tick();
    const event = events[place]!;
    const operation = event < 0 ? ~event : event;
    if (operation >= count || role[operation] === silent) continue;
    const left = leaves[operation]!;
    const needed = needs[operation]!;
    if (left >= 0 === needed >= 0 || forbids[operation]! >= 0) return undefined;
    const value = left >= 0 ? left : needed;
    spoken.events[length] = event;
    spoken.values[length++] = value;
    if (event >= 0) empty(clusters, value);
  }
  return { events: spoken.events.subarray(0, length), values: spoken.values.subarray(0, length) };
}

/** The initial value is written, and its zone begins, before all. */
function empty({ firstReturn, lastCall, writtenAt, members }: Clusters, value: number): void {
  firstReturn[value] = value === 0 ? atFirst : never;
  lastCall[value] = atFirst;
  writtenAt[value] = value === 0 ? atFirst : never;
  members[value] = 0;
}

/**
 * Collects the moments of each cluster. `unfit` when a value is written twice; else the first read that returns before its
 * value's write is called, or `none`.
 */
function gather(
  { leaves, role }: Columns,
  { events, values }: Spoken,
  { firstReturn, lastCall, writtenAt, members }: Clusters,
): number {
  let lost = none;
  for (let moment = 0; moment < events.length; moment++) {
    const event = events[moment]!;
    const value = values[moment]!;
    if (event < 0) {
      if (role[~event] === required && moment < firstReturn[value]!) firstReturn[value] = moment;
      if (lost === none && writtenAt[value] === never) lost = ~event;
      continue;
    }
    lastCall[value] = moment;
    members[value]!++;
    if (leaves[event]! < 0) continue;
    if (writtenAt[value] !== never) return unfit;
    writtenAt[value] = moment;
  }
  return lost;
}

const none = -1;
const unfit = -2;

/**
 * Lines up the clusters by one moment of each: a forward one's is its beginning; a backward one's is its beginning too
 * where no forward one is open, and else the end of that one.
 */
function sweep(
  columns: Columns,
  spoken: Spoken,
  { firstReturn, lastCall }: Clusters,
): { readonly values: Int32Array } | { readonly blocked: number } {
  const { events, values } = spoken;
  let open = lastCall[0] === atFirst ? -1 : 0;
  const line = new Int32Array(events.length + 1);
  let length = 0;
  if (open === 0) line[length++] = 0;
  /** Backward zones that began since the open one did. */
  const waiting: number[] = [];
  for (let moment = 0; moment < events.length; moment++) {
    const event = events[moment]!;
    const value = values[moment]!;
    const first = firstReturn[value]!;
    const last = lastCall[value]!;
    if (first === never || moment !== (event < 0 ? first : last)) continue;
    const isBackward = first > last;
    if (event < 0 && (isBackward ? waiting.includes(value) : open >= 0))
      return { blocked: blockedBy(columns, events[lastCall[open]!]!, events[last]!) };
    if (isBackward && event >= 0 && open >= 0) {
      waiting.push(value);
    } else if (isBackward === event >= 0) {
      line[length++] = value;
      if (!isBackward) open = value;
    } else if (!isBackward) {
      open = -1;
      for (const each of waiting) line[length++] = each;
      waiting.length = 0;
    }
  }
  return { values: line.subarray(0, length) };
}

/** Of the operations that make two zones as late as they are, the one that returns last; an unknown one never does. */
function blockedBy({ role, completedAt }: Columns, a: number, b: number): number {
  if (role[b] !== required) return a;
  return completedAt[a]! > completedAt[b]! ? a : b;
}

/** Cluster by cluster, each its write first, then its reads in the order of their calls. */
function orderOf(
  { leaves }: Columns,
  { events, values }: Spoken,
  { members, firstReturn, writtenAt }: Clusters,
  line: Int32Array,
): Int32Array {
  let length = 0;
  /** By value, where its next read goes; there is no more use for the first return. */
  const nextPlace = firstReturn;
  for (const value of line) {
    const begin = length;
    length += members[value]!;
    nextPlace[value] = writtenAt[value]! >= 0 ? begin + 1 : begin;
    members[value] = begin;
  }
  const order = new Int32Array(length);
  for (let moment = 0; moment < events.length; moment++) {
    const event = events[moment]!;
    const value = values[moment]!;
    if (event < 0 || nextPlace[value] === never) continue;
    if (leaves[event]! >= 0) order[members[value]!] = event;
    else order[nextPlace[value]!++] = event;
  }
  return order;
}
