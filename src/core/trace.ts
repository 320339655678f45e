/**
 * Traces: what nodes say about themselves, stamped with true time. Invariants of the patterns are judged from them.
 *
 * A trace is evidence of the node's own account, and is used for what clients cannot see: who led which generation,
 * how far the high-water mark went. What clients can see is judged from the history.
 */
import type { NodeId } from './ids.ts';
import type { TrueTimeNs } from './time.ts';

/** Every event that a node may trace, with its fields. Adding one here is what makes it known to invariants. */
export interface TraceEvents {
  /** The node program began; `incarnation` counts its starts on this disk. */
  started: { incarnation: number };
  'generation-entered': { generation: number };
  'vote-granted': { generation: number; to: NodeId };
  'leader-elected': { generation: number };
  'leader-stepped-down': { generation: number; reason: string };
  /** An entry became durable in this node's log. */
  'entry-appended': { index: number; generation: number };
  /** Entries from `index` on were cut from the log. */
  'suffix-cut': { index: number };
  'high-water-mark-moved': { mark: number; generation: number };
  /** The entry was applied to the state; `digest` is the checksum of its command. */
  'entry-applied': { index: number; generation: number; digest: string };
  'node-suspected': { peer: NodeId };
  'node-trusted': { peer: NodeId };
  /** The node refused to start or go on; its process ends. */
  refused: { reason: string };
}

export type TraceEventName = keyof TraceEvents;

export type Traced<Name extends TraceEventName = TraceEventName> = {
  [N in Name]: { readonly node: NodeId; readonly timeNs: TrueTimeNs; readonly event: N } & Readonly<
    TraceEvents[N]
  >;
}[Name];

/** All nodes' traces of a run, merged by true time. */
export interface Trace {
  of<Name extends TraceEventName>(...names: readonly Name[]): Iterable<Traced<Name>>;
}

/** A trace held in memory; `events` need not be sorted. */
export function traceOf(events: readonly Traced[]): Trace {
  const sorted = events.toSorted((a, b) => a.timeNs - b.timeNs);
  return {
    of: <Name extends TraceEventName>(...names: readonly Name[]) =>
      sorted.filter((each) =>
        (names as readonly string[]).includes(each.event),
      ) as Iterable<unknown> as Iterable<Traced<Name>>,
  };
}
