/**
 * The messages of a stream that the receiver has not acknowledged, in order: what a sender goes on with after a reconnect.
 *
 * Bounded: a message that does not fit is refused, never put in place of another, so the stream has no gap.
 */
export interface Outbox<Message> {
  /** The message's number in the stream, from 1; undefined when there is no room. */
  push(message: Message): number | undefined;
  /** The receiver has all up to this number. False if that cannot be: it wants one that is no longer kept, or never was. */
  acknowledge(received: number): boolean;
  /** All that is kept, with their numbers. */
  unacknowledged(): readonly { readonly number: number; readonly message: Message }[];
  /** The number up to which all is acknowledged. */
  readonly acknowledged: number;
  readonly size: number;
}

export function outbox<Message>(sizeMax: number): Outbox<Message> {
  let kept: Message[] = [];
  let acknowledged = 0;
  return {
    push(message) {
      if (kept.length >= sizeMax) return undefined;
      return acknowledged + kept.push(message);
    },
    acknowledge(received) {
      if (received < acknowledged || received > acknowledged + kept.length) return false;
      kept = kept.slice(received - acknowledged);
      acknowledged = received;
      return true;
    },
    unacknowledged: () =>
      kept.map((message, place) => ({ number: acknowledged + place + 1, message })),
    get acknowledged() {
      return acknowledged;
    },
    get size() {
      return kept.length;
    },
  };
}
