/**
 * Connections that carry frames: one JSON object each, in order, both ways.
 *
 * A frame that was sent may never arrive, and nobody is told: a connection that closes says nothing about what reached
 * the other end. Frames arrive whole, in the order in which they were sent, or not at all.
 */
import type { NodeId } from '../../src/core/ids.ts';

/** A JSON object; its kind says what else is in it. */
export interface Frame {
  readonly kind: string;
}

export interface Connection {
  /** Hands the frame over; false when nothing was sent, for the connection is closed, not yet open, or its buffer full. */
  send(frame: Frame): boolean;
  /** Ends the connection at this end; `closed` is not called for it. */
  close(): void;
}

export interface ConnectionEvents {
  frame(frame: Frame): void;
  /** Called once, when the other end or the world ends the connection, or when it could not be opened. */
  closed(why: string): void;
}

export interface DialEvents extends ConnectionEvents {
  /** From now on frames can be sent. That the peer accepted is not said: only its welcome says so. */
  opened(): void;
}

export interface Network {
  /** Accepts connections at this node's own address, from peers and clients alike. */
  listen(accept: (connection: Connection) => ConnectionEvents): Promise<void>;
  /** Dials a peer by the link from this node to it. */
  connect(to: NodeId, events: DialEvents): Connection;
}
