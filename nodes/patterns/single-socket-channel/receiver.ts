/**
 * Single Socket Channel, the receiver's side: takes each peer's stream in order, and knows how far it has come.
 *
 * At most one connection per peer is heard: a newer one closes the older. A message that was had before is dropped; a gap
 * closes the connection, and the sender resumes.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Cancel } from '../../../src/core/time.ts';
import type { Env } from '../../sdk/env.ts';
import type { Connection, ConnectionEvents, Frame } from '../../sdk/network.ts';
import type { Hello, Received, Resume, ToReceiver } from './frames.ts';

/** Takes a peer's message. */
export type Deliver<Message> = (from: NodeId, message: Message) => void;

export interface ChannelReceiver {
  /** Takes over a connection that began with `hello`. */
  admit(connection: Connection, hello: Frame): ConnectionEvents;
}

export interface ReceiverLimits {
  /** How many messages may wait for their acknowledgement … */
  readonly acknowledgeEvery: number;
  /** … and how long. */
  readonly acknowledgeAfterMs: number;
}

export function channelReceiver<Message>(
  env: Pick<Env, 'after'>,
  limits: ReceiverLimits,
  deliver: Deliver<Message>,
): ChannelReceiver {
  const peers = new Map<NodeId, Inbox<Message>>();
  return {
    admit(connection, first) {
      const { from, stream } = first as Hello;
      const inbox = peers.get(from) ?? new Inbox<Message>(env, limits, (m) => deliver(from, m));
      peers.set(from, inbox);
      return inbox.attach(connection, stream);
    },
  };
}

/** One peer's stream. */
class Inbox<Message> {
  readonly #env: Pick<Env, 'after'>;
  readonly #limits: ReceiverLimits;
  readonly #deliver: (message: Message) => void;
  #stream = '';
  #received = 0;
  #acknowledged = 0;
  #connection: Connection | undefined;
  #cancelAcknowledge: Cancel | undefined;

  constructor(
    env: Pick<Env, 'after'>,
    limits: ReceiverLimits,
    deliver: (message: Message) => void,
  ) {
    this.#env = env;
    this.#limits = limits;
    this.#deliver = deliver;
  }

  attach(connection: Connection, stream: string): ConnectionEvents {
    this.#connection?.close();
    this.#connection = connection;
    if (stream !== this.#stream) this.#received = 0;
    this.#stream = stream;
    this.#acknowledge('resume');
    return {
      frame: (frame) => {
        if (this.#connection === connection) this.#hear(frame as ToReceiver<Message>);
      },
      closed: () => {
        if (this.#connection === connection) this.#connection = undefined;
      },
    };
  }

  #hear(frame: ToReceiver<Message>): void {
    if (frame.kind === 'now') this.#deliver(frame.message);
    else if (frame.kind === 'streamed') this.#take(frame.number, frame.message);
  }

  #take(number: number, message: Message): void {
    if (number <= this.#received) return;
    if (number > this.#received + 1) {
      this.#connection?.close();
      this.#connection = undefined;
      return;
    }
    this.#received = number;
    this.#acknowledgeSoon();
    this.#deliver(message);
  }

  #acknowledgeSoon(): void {
    if (this.#received - this.#acknowledged >= this.#limits.acknowledgeEvery)
      this.#acknowledge('received');
    else
      this.#cancelAcknowledge ??= this.#env.after(this.#limits.acknowledgeAfterMs, () =>
        this.#acknowledge('received'),
      );
  }

  #acknowledge(kind: 'resume' | 'received'): void {
    this.#cancelAcknowledge?.();
    this.#cancelAcknowledge = undefined;
    this.#acknowledged = this.#received;
    const frame: Resume | Received = { kind, received: this.#received };
    this.#connection?.send(frame);
  }
}
