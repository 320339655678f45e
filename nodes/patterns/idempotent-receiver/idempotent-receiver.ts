/**
 * Idempotent Receiver: a request that comes twice takes effect once, and gets its first reply both times.
 *
 * Requests are known by client and number. A client numbers its requests upwards and has one at a time, so its last one
 * is enough to know. Replies are part of the replicated state: every node keeps the same ones, from the same entries of
 * the log, so a retry that reaches another node, or a later leader, meets them too. For the same reason they expire by
 * the log and not by a clock: a client that sent nothing for `keptForEntries` entries is forgotten, on every node at the same
 * entry. That must be longer than any retry can be under way.
 */
import type { LogIndex } from '../write-ahead-log/entry.ts';

/** Names a request for ever. */
export interface RequestId {
  readonly client: string;
  /** Counts the client's requests, upwards. */
  readonly number: number;
}

export interface IdempotentReceiver<Reply> {
  /** Executes the request unless it was executed before; the first reply in either case. */
  receive(at: LogIndex, request: RequestId, execute: () => Reply): Reply;
  /** Clients known at the moment. */
  readonly clients: number;
}

export interface ReceiverOptions<Reply> {
  readonly keptForEntries: number;
  /** What an old request gets whose reply gave way to that of a newer one. */
  readonly forgotten: Reply;
}

export type MakeIdempotentReceiver = typeof idempotentReceiver;

interface Kept<Reply> {
  readonly number: number;
  readonly reply: Reply;
  readonly at: LogIndex;
}

export function idempotentReceiver<Reply>(
  options: ReceiverOptions<Reply>,
): IdempotentReceiver<Reply> {
  /** The client that was heard of least recently stands first. */
  const last = new Map<string, Kept<Reply>>();

  const forgetBefore = (at: number): void => {
    for (const [client, kept] of last) {
      if (kept.at >= at) return;
      last.delete(client);
    }
  };

  return {
    receive(at, { client, number }, execute) {
      forgetBefore(at - options.keptForEntries);
      const kept = last.get(client);
      if (kept !== undefined && number < kept.number) return options.forgotten;
      const reply = kept?.number === number ? kept.reply : execute();
      last.delete(client);
      last.set(client, { number, reply, at });
      return reply;
    },
    get clients() {
      return last.size;
    },
  };
}
