/**
 * A client's session with one node: each call is one request and one answer, and never retried.
 *
 * The session's name in the cluster is made of the client's and of its connection's, so that no two sessions share their
 * request numbers. A read that gets no answer is told as such: it would have changed nothing in any case.
 */
import { isDefinite, isSessionErrorCode, SessionError } from '../../src/core/error-registry.ts';
import type { Session, Value } from '../../src/core/seams/system.ts';
import { Conversation, type Answer, type ClientWorld } from '../sdk/conversation.ts';
import type { Call, ClientRequest } from './messages.ts';

/** How long to wait for the node's welcome. */
const welcomeMsMax = 2000;

export type ReplicatedLogSession = Required<Session<'get' | 'put' | 'compare-and-set'>>;

/** Resolves when the node has greeted; rejects with `not-connected`. */
export async function openSession(
  world: ClientWorld,
  client: string,
): Promise<ReplicatedLogSession> {
  const conversation = await Conversation.open(world, welcomeMsMax);
  const { node, incarnation, connection } = conversation.welcome;
  const name = `${client}@${node}.${incarnation}.${connection}`;
  let requests = 0;

  const ask = async (call: Call, signal: AbortSignal): Promise<Value | boolean> => {
    const id = ++requests;
    const request: ClientRequest = { kind: 'request', id, client: name, ...call };
    return valueOf(await conversation.ask(id, request, signal));
  };
  return {
    async get(key, signal) {
      const value = await ask({ call: 'get', key }, signal).catch(asRead);
      if (typeof value === 'boolean') throw new SessionError('read-unanswered', 'not a value');
      return value;
    },
    async put(key, value, signal) {
      await ask({ call: 'put', key, value }, signal);
    },
    async 'compare-and-set'(key, from, to, signal) {
      // False says that the value was another one; anything else that it was done.
      return (await ask({ call: 'compare-and-set', key, from, to }, signal)) !== false;
    },
    isOpen: () => conversation.isOpen,
    close() {
      conversation.close();
      return Promise.resolve();
    },
  };
}

function valueOf(answer: Answer): Value | boolean {
  const fields = answer as unknown as Readonly<Record<string, unknown>>;
  if (fields['ok'] === true) {
    const { value } = fields;
    if (value === null || ['number', 'string', 'boolean'].includes(typeof value))
      return value as Value | boolean;
  } else if (isSessionErrorCode(fields['code'])) throw new SessionError(fields['code']);
  throw new SessionError('bad-answer', `the node answered ${JSON.stringify(answer)}`);
}

/** What cannot be known of a change is certain of a read: it had no effect. */
function asRead(error: unknown): never {
  if (!(error instanceof SessionError) || isDefinite(error.code)) throw error;
  throw new SessionError('read-unanswered', `${error.code}: ${error.message}`);
}
