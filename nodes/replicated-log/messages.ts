/** The words of this system: commands in its log, requests of its clients, replies, and what its nodes pass on. */
import type { SessionErrorCode } from '../../src/core/error-registry.ts';
import type { Value } from '../../src/core/seams/system.ts';
import type { LogMessage } from '../patterns/leader-and-followers/messages.ts';
import type { RequestId } from '../patterns/idempotent-receiver/idempotent-receiver.ts';

/** What a client asks for. */
export type Call =
  | { readonly call: 'get'; readonly key: string }
  | { readonly call: 'put'; readonly key: string; readonly value: Value }
  | {
      readonly call: 'compare-and-set';
      readonly key: string;
      readonly from: Value;
      readonly to: Value;
    };

/** A call that changes something. */
export type Change = Exclude<Call, { call: 'get' }>;

export type Request<C extends Call = Call> = RequestId & C;

/** What stands in the log. */
export type Command = Request<Change> | { readonly call: 'no-op' };

export type Reply =
  | { readonly ok: true; readonly value: Value | boolean }
  | { readonly ok: false; readonly code: SessionErrorCode };

/** A request and its reply on a client's connection. The id is the request's number. */
export type ClientRequest = {
  readonly kind: 'request';
  readonly id: number;
  readonly client: string;
} & Call;
export type ClientAnswer = { readonly kind: 'answer'; readonly id: number } & Reply;

/** A follower passes a client's request on to the leader. */
export interface Forward {
  readonly kind: 'forward';
  readonly request: Request;
  /** Counts the node's attempts for this request: only this one is told of a refusal. */
  readonly attempt: number;
}

export interface Forwarded {
  readonly kind: 'forwarded';
  readonly request: RequestId;
  readonly reply: Reply;
}

/** The leader has done nothing for this attempt, and will not. */
export interface ForwardRefused {
  readonly kind: 'forward-refused';
  readonly request: RequestId;
  readonly attempt: number;
  readonly code: SessionErrorCode;
}

export type PeerMessage = LogMessage<Command> | Forward | Forwarded | ForwardRefused;

/** A request's name as a correlation id. */
export const correlationId = ({ client, number }: RequestId): string => `${client}#${number}`;
