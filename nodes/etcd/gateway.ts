/**
 * etcd's JSON gateway, one call: JSON in, JSON out, and its refusals told apart.
 *
 * Only `too many requests` says that nothing was done: the node that was asked looks how far applying lags behind
 * committing before it proposes anything (etcd's v3_server.go, processInternalRaftRequestOnce). All other errors can come
 * after the proposal, from the node that made it or on the way back; `no leader` and bad requests are no exception here,
 * for what they would save is little.
 */
import { SessionError, type SessionErrorCode } from '../../src/core/error-registry.ts';
import type { HttpAnswer, HttpConnection } from '../sdk/host/http-connection.ts';

/** A JSON object of the gateway. Numbers of 64 bits are texts in it, and what is zero, false or empty is left out. */
export type Fields = Readonly<Record<string, unknown>>;

/** Resolves with the gateway's answer; rejects with a SessionError. */
export async function callGateway(
  connection: HttpConnection,
  path: string,
  body: Fields,
  signal: AbortSignal,
): Promise<Fields> {
  const answer = await connection.ask({ method: 'POST', path: `/v3/${path}`, body }, signal);
  const fields = fieldsOf(answer);
  if (answer.status !== 200) throw refusal(answer, fields);
  // Every answer of etcd has a header; without one it is somebody else's.
  if (!isFields(fields?.['header'])) throw badAnswer(answer);
  return fields;
}

/** Whether it is an object, as JSON has them. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What etcd says, and what that means; longer sentences begin with the same words. */
const meanings: readonly (readonly [says: string, code: SessionErrorCode])[] = [
  ['etcdserver: too many requests', 'too-many-waiting'],
  ['etcdserver: request timed out', 'timeout'],
  ['etcdserver: leader changed', 'leader-changed'],
];

/** etcd 3.4 and 3.5 say `error` and `message`, later ones `message` alone. */
function refusal(answer: HttpAnswer, fields: Fields | undefined): SessionError {
  const says = fields?.['message'] ?? fields?.['error'];
  if (typeof says !== 'string')
    return new SessionError('node-failed', `status ${answer.status}: ${excerpt(answer)}`);
  const known = meanings.find(([words]) => says.startsWith(words));
  return new SessionError(known?.[1] ?? 'node-failed', says);
}

function fieldsOf({ text }: HttpAnswer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const badAnswer = (answer: HttpAnswer): SessionError =>
  new SessionError('bad-answer', `the node answered ${excerpt(answer)}`);

const excerpt = ({ text }: HttpAnswer): string => JSON.stringify(text.slice(0, 200));
