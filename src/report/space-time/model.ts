/**
 * The space-time diagram of a finding, as data: who sent what to whom around it, and what nodes said meanwhile.
 *
 * After Lamport, “Time, Clocks, and the Ordering of Events in a Distributed System” (1978): a line for each node, an
 * arrow for each message. Only a runtime that is the network knows its messages; a finding of any other has no diagram.
 */
import type { Mark, TimeRange } from '../model.ts';

export interface SpaceTime {
  /**
   * The stretches of time that are drawn, in order: the evidence with a little air, as far as messages are known; more
   * than one where the limit allows no more than what is around each piece of the evidence. At least one.
   */
  readonly segments: readonly TimeRange[];
  /** `clients` first, then the nodes. */
  readonly lifelines: readonly string[];
  /** Routine last, and of the others the most frequent first. */
  readonly kinds: readonly MessageKind[];
  /** In the order of their sending: all that were under way in the segments, up to the limits. */
  readonly messages: readonly DrawnMessage[];
  /** What nodes said of themselves in the segments, the finding's evidence included, in order. */
  readonly events: readonly DrawnEvent[];
  readonly outages: readonly Outage[];
  /** Places in the report's faults of those in force in the segments. */
  readonly faults: readonly number[];
  /** How many messages of the evidence's stretch of time, and events of the segments, are beyond the limits. */
  readonly messagesLeftOut: number;
  readonly eventsLeftOut: number;
}

export interface MessageKind {
  readonly name: string;
  readonly count: number;
  /** Sent whether or not anything happens, such as heartbeats: hidden until asked for. */
  readonly routine: boolean;
}

export interface DrawnMessage {
  readonly sentUs: number;
  /** Null for one that never arrived. */
  readonly arrivedUs: number | null;
  /** Places in `lifelines`. */
  readonly from: number;
  readonly to: number;
  /** Place in `kinds`. */
  readonly kind: number;
  readonly text: string;
}

export interface DrawnEvent extends Mark {
  /** Place in `lifelines`. */
  readonly lifeline: number;
  /** The finding rests on it. */
  readonly evidence: boolean;
}

/** A node that was not running, from when that was known until it was over. */
export interface Outage extends TimeRange {
  readonly node: string;
  readonly how: 'dead' | 'paused';
}
