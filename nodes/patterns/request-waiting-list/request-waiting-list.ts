/**
 * Request Waiting List: holds callers whose answer is not known yet, each under its correlation id.
 *
 * A caller is answered exactly once: when the criterion holds for its request and somebody says `meet` with the reply, or
 * when it expires. Answering before that (because the request was appended, or sent) would promise what a crash can
 * still undo. The list is bounded, and every request in it ends, so after a calm as long as the expiry it is empty.
 */
import type { Env, MonotonicTimeMs } from '../../sdk/env.ts';
import type { Cancel } from '../../../src/core/time.ts';

export interface WaitingRequest<Reply> {
  /** Called once, when the criterion holds. */
  readonly answer: (reply: Reply) => void;
  /** Called once, in place of `answer`, when it was not met in time. */
  readonly expire: () => void;
}

export interface RequestWaitingList<Id, Reply> {
  /** Holds a request; false when the list is full. One that waits under the same id gives way, and is not answered. */
  add(id: Id, request: WaitingRequest<Reply>): boolean;
  /** The criterion holds for this request; without effect if it does not wait, or not any more. */
  meet(id: Id, reply: Reply): void;
  /** Takes it off the list without an answer, because the caller was told otherwise or is gone. */
  drop(id: Id): void;
  readonly size: number;
}

export interface WaitingListOptions<Reply> {
  readonly expiryMs: number;
  readonly sizeMax: number;
  /** What a request that did well and has nothing to say is answered. */
  readonly done: Reply;
}

export type MakeWaitingList = typeof requestWaitingList;

interface Held<Reply> extends WaitingRequest<Reply> {
  readonly expiresAt: MonotonicTimeMs;
}

export function requestWaitingList<Id, Reply>(
  env: Pick<Env, 'after' | 'monotonicNow'>,
  options: WaitingListOptions<Reply>,
): RequestWaitingList<Id, Reply> {
  /** In the order of expiry, for all wait equally long and a Map keeps the order of insertion. */
  const held = new Map<Id, Held<Reply>>();
  let cancel: Cancel | undefined;

  const take = (id: Id): Held<Reply> | undefined => {
    const request = held.get(id);
    held.delete(id);
    return request;
  };
  const expireDue = (): void => {
    cancel = undefined;
    for (const [id, { expiresAt, expire }] of held) {
      if (expiresAt > env.monotonicNow()) break;
      held.delete(id);
      expire();
    }
    watch();
  };
  const watch = (): void => {
    const [first] = held.values();
    if (first === undefined || cancel !== undefined) return;
    cancel = env.after(Math.max(1, first.expiresAt - env.monotonicNow()), expireDue);
  };

  return {
    add(id, request) {
      if (held.size >= options.sizeMax && !held.has(id)) return false;
      held.delete(id);
      const expiresAt = (env.monotonicNow() + options.expiryMs) as MonotonicTimeMs;
      held.set(id, { ...request, expiresAt });
      watch();
      return true;
    },
    meet: (id, reply) => take(id)?.answer(reply),
    drop: (id) => void held.delete(id),
    get size() {
      return held.size;
    },
  };
}
