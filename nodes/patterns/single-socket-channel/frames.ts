/**
 * What a channel's two ends say to each other.
 *
 * After the welcome the sender says `hello` with the name of its stream; the receiver answers `resume` with how many of
 * that stream's messages it has; the sender goes on from there. A message that is sent now or never has no number.
 */
import type { NodeId } from '../../../src/core/ids.ts';

export interface Hello {
  readonly kind: 'hello';
  readonly from: NodeId;
  /** Names the stream for ever: a sender that cannot resume one begins another. */
  readonly stream: string;
}

export interface Resume {
  readonly kind: 'resume';
  /** How many messages of the stream the receiver has had; it wants the next. */
  readonly received: number;
}

export interface Streamed<Message> {
  readonly kind: 'streamed';
  /** Counts the stream's messages, from 1. */
  readonly number: number;
  readonly message: Message;
}

export interface NowOrNever<Message> {
  readonly kind: 'now';
  readonly message: Message;
}

export interface Received {
  readonly kind: 'received';
  readonly received: number;
}

export type ToSender = Resume | Received;
export type ToReceiver<Message> = Hello | Streamed<Message> | NowOrNever<Message>;
