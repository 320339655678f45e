/**
 * A client's session with one etcd node: each call is one request of the JSON gateway on one connection, never retried.
 *
 * A link accepts connections whether or not there is a node behind it. So the node is first asked for its version, which
 * changes nothing; only after its answer is anything sent that could.
 */
import { isDefiniteError, SessionError } from '../../src/core/error-registry.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { Address, Session } from '../../src/core/seams/system.ts';
import { HttpConnection } from '../sdk/host/http-connection.ts';
import { callGateway, type Fields } from './gateway.ts';
import type { EtcdOptions } from './options.ts';
import { compareAndSetOf, putOf, rangeOf, valueIn, type GatewayRequest } from './requests.ts';

const openMsMax = 2000;

export type EtcdSession = Session<'get' | 'put' | 'compare-and-set'>;

/** Resolves when the node has answered for the first time; rejects with `not-connected`. */
export async function openSession(
  address: Address,
  { serializableReads }: Pick<EtcdOptions, 'serializableReads'>,
): Promise<EtcdSession> {
  const connection = await openConnection(address, AbortSignal.timeout(openMsMax));
  const ask = ({ path, body }: GatewayRequest, signal: AbortSignal): Promise<Fields> =>
    callGateway(connection, path, body, signal);
  return {
    async get(key, signal) {
      try {
        return valueIn(await ask(rangeOf(key, serializableReads), signal));
      } catch (error) {
        throw asRead(error);
      }
    },
    async put(key, value, signal) {
      await ask(putOf(key, value), signal);
    },
    async 'compare-and-set'(key, from, to, signal) {
      const { succeeded = false } = await ask(compareAndSetOf(key, from, to), signal);
      if (typeof succeeded === 'boolean') return succeeded;
      throw new SessionError('bad-answer', `the transaction succeeded: ${String(succeeded)}?`);
    },
    isOpen: () => connection.isOpen,
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
}

async function openConnection(address: Address, signal: AbortSignal): Promise<HttpConnection> {
  const connection = await HttpConnection.open(address, signal);
  try {
    const { status } = await connection.ask({ method: 'GET', path: '/version' }, signal);
    if (status === 200) return connection;
    throw new Error(`asked for its version it answered with status ${status}`);
  } catch (error) {
    connection.close();
    throw new SessionError('not-connected', messageOf(error));
  }
}

/** What cannot be known of a change is certain of a read: it had no effect. */
const asRead = (error: unknown): unknown =>
  isDefiniteError(error) ? error : new SessionError('read-unanswered', messageOf(error));
