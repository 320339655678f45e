/**
 * Single Socket Channel, the sender's side: one connection to one peer, over which the peer gets a stream in order.
 *
 * TCP keeps order within a connection only. Over a reconnect the sender asks how far the receiver has come and goes on
 * from there, so that nothing is missing, swapped or repeated; it keeps what is not acknowledged, up to a bound, and
 * refuses more. A stream that the receiver does not know any more, because it restarted, cannot be resumed: the sender
 * begins a new one and says so (`lost`), and whoever streams must begin anew as well. A connection over which nothing is
 * acknowledged for too long is given up, for a link that swallows everything in silence looks open for ever.
 *
 * Messages that are of no use later (beats, votes) are sent now or never, beside the stream's numbers.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Cancel } from '../../../src/core/time.ts';
import type { Env } from '../../sdk/env.ts';
import type { Connection, Frame } from '../../sdk/network.ts';
import { backoff, type Backoff, type BackoffLimits } from './backoff.ts';
import type { Hello, NowOrNever, Streamed, ToSender } from './frames.ts';
import { outbox, type Outbox } from './outbox.ts';

export interface Channel<Message> {
  /** Delivered once and in order, unless the stream is lost; false when the channel is full and nothing was taken. */
  stream(message: Message): boolean;
  /** Sent at once if the connection is open, else not at all (false). True does not say that it arrives. */
  now(message: Message): boolean;
}

export interface ChannelLimits {
  readonly unacknowledgedMax: number;
  /** Without welcome, resume or acknowledgement for so long, the connection is given up. */
  readonly silenceMsMax: number;
  readonly backoff: BackoffLimits;
}

export interface ChannelEvents {
  /** There is a connection, the first or another one; what was said on an earlier one may not have arrived. */
  opened(): void;
  /** The receiver has forgotten the stream: streamed messages may not arrive. */
  lost(): void;
}

/** Opens a channel to the peer, for the life of this incarnation of the node. */
export function singleSocketChannel<Message>(
  env: Env,
  to: NodeId,
  incarnation: number,
  limits: ChannelLimits,
  events: ChannelEvents,
): Channel<Message> {
  return new Sender<Message>(env, to, incarnation, limits, events);
}

class Sender<Message> implements Channel<Message> {
  readonly #env: Env;
  readonly #to: NodeId;
  readonly #incarnation: number;
  readonly #limits: ChannelLimits;
  readonly #events: ChannelEvents;
  readonly #backoff: Backoff;
  #streams = 0;
  #outbox!: Outbox<Message>;
  #connection: Connection | undefined;
  /** The receiver has said how far it is: messages may be sent. */
  #resumed = false;
  #cancelWatch: Cancel = () => {};

  constructor(
    env: Env,
    to: NodeId,
    incarnation: number,
    limits: ChannelLimits,
    events: ChannelEvents,
  ) {
    this.#env = env;
    this.#to = to;
    this.#incarnation = incarnation;
    this.#limits = limits;
    this.#events = events;
    this.#backoff = backoff(env.random.fork(`backoff-${to}`), limits.backoff);
    this.#beginStream();
    this.#dial();
  }

  stream(message: Message): boolean {
    const number = this.#outbox.push(message);
    if (number === undefined) return false;
    if (this.#resumed) this.#send({ kind: 'streamed', number, message });
    return true;
  }

  now(message: Message): boolean {
    return this.#resumed && this.#send({ kind: 'now', message });
  }

  #send(frame: Streamed<Message> | NowOrNever<Message> | Hello): boolean {
    const sent = this.#connection?.send(frame) ?? false;
    if (sent && frame.kind === 'streamed' && this.#outbox.size === 1) this.#watch();
    return sent;
  }

  #beginStream(): void {
    this.#streams++;
    this.#outbox = outbox(this.#limits.unacknowledgedMax);
  }

  #dial(): void {
    const dialled = this.#env.network.connect(this.#to, {
      opened: () => {},
      frame: (frame) => this.#connection === dialled && this.#hear(frame),
      closed: () => this.#connection === dialled && this.#redial(),
    });
    this.#connection = dialled;
    this.#watch();
  }

  #hear(frame: Frame): void {
    if (frame.kind === 'welcome') {
      const stream = `${this.#env.node}.${this.#incarnation}.${this.#streams}`;
      this.#send({ kind: 'hello', from: this.#env.node, stream });
      return;
    }
    const heard = frame as ToSender;
    if (heard.kind === 'resume') this.#resume(heard.received);
    else if (heard.kind === 'received' && !this.#outbox.acknowledge(heard.received)) this.#redial();
    this.#watch();
  }

  #resume(received: number): void {
    if (!this.#outbox.acknowledge(received)) {
      this.#beginStream();
      this.#redial();
      this.#events.lost();
      return;
    }
    this.#backoff.reset();
    this.#resumed = true;
    for (const each of this.#outbox.unacknowledged()) this.#send({ kind: 'streamed', ...each });
    this.#events.opened();
  }

  /** Gives the connection up, if there is one, and dials again after a while. */
  #redial(): void {
    this.#cancelWatch();
    this.#connection?.close();
    this.#connection = undefined;
    this.#resumed = false;
    this.#env.after(this.#backoff.next(), () => this.#dial());
  }

  /** From now on something must be heard in time, if anything is due. */
  #watch(): void {
    this.#cancelWatch();
    if (this.#connection === undefined || (this.#resumed && this.#outbox.size === 0)) return;
    this.#cancelWatch = this.#env.after(this.#limits.silenceMsMax, () => this.#redial());
  }
}
