/**
 * A client's conversation with one node: waits for the welcome, then sends requests and matches answers by their ids.
 *
 * It knows nothing of any system and of no transport; it never retries. Each request ends exactly once: with its answer,
 * or with a SessionError whose code says whether it may have happened.
 */
import { SessionError } from '../../src/core/error-registry.ts';
import type { Cancel } from '../../src/core/time.ts';
import type { Connection, DialEvents, Frame } from './network.ts';
import type { Welcome } from './wire.ts';

/** What a client needs of the world that it lives in. */
export interface ClientWorld {
  dial(events: DialEvents): Connection;
  after(delayMs: number, callback: () => void): Cancel;
}

/** A node's answer to the request of the same id. */
export interface Answer extends Frame {
  readonly id: number;
}

interface Open {
  readonly answered: (answer: Answer) => void;
  readonly failed: (error: SessionError) => void;
}

export class Conversation {
  readonly #connection: Connection;
  readonly #open = new Map<number, Open>();
  #welcome: Welcome | undefined;
  #ended: string | undefined;
  #onWelcome: (() => void) | undefined;

  private constructor(world: ClientWorld) {
    this.#connection = world.dial({
      opened: () => {},
      frame: (frame) => this.#frame(frame),
      closed: (why) => this.#end(why),
    });
  }

  /** Resolves when the node has greeted; rejects with `not-connected` after `timeoutMs`, or as soon as that is certain. */
  static open(world: ClientWorld, timeoutMs: number): Promise<Conversation> {
    return new Promise((resolve, reject) => {
      const conversation = new Conversation(world);
      const cancel = world.after(timeoutMs, () =>
        conversation.#end(`no welcome in ${timeoutMs} ms`),
      );
      conversation.#onWelcome = () => {
        cancel();
        if (conversation.#welcome !== undefined) resolve(conversation);
        else reject(new SessionError('not-connected', conversation.#ended));
      };
    });
  }

  /** What the node said when it accepted; names this connection for ever. */
  get welcome(): Welcome {
    return this.#welcome!;
  }

  /** Whether requests can still be sent. */
  get isOpen(): boolean {
    return this.#ended === undefined;
  }

  /** Sends a request and resolves with its answer. After `signal` aborts, an answer is no longer heard. */
  ask(id: number, request: Frame, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted || !this.isOpen || !this.#connection.send(request)) {
        reject(new SessionError('not-sent', this.#ended));
        return;
      }
      const abort = (): void => settle(() => reject(new SessionError('aborted')));
      const settle = (how: () => void): void => {
        this.#open.delete(id);
        signal.removeEventListener('abort', abort);
        how();
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#open.set(id, {
        answered: (answer) => settle(() => resolve(answer)),
        failed: (error) => settle(() => reject(error)),
      });
    });
  }

  close(): void {
    this.#end('closed by the client');
  }

  #frame(frame: Frame): void {
    if (frame.kind === 'welcome') {
      this.#welcome = frame as Welcome;
      this.#onWelcome?.();
    } else if ('id' in frame && typeof frame.id === 'number') {
      this.#open.get(frame.id)?.answered(frame as Answer);
    }
  }

  #end(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#connection.close();
    this.#onWelcome?.();
    for (const open of this.#open.values()) open.failed(new SessionError('connection-lost', why));
  }
}
