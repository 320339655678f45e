/**
 * What is asked of etcd's key-value store, as its gateway wants it: keys and values in base64, a value being JSON text.
 *
 * A register without a value is a key that does not exist: null is written by deleting, and expected by comparing the
 * revision of creation with 0, for a comparison of values is false where there is no key.
 */
import { SessionError } from '../../src/core/error-registry.ts';
import type { Value } from '../../src/core/seams/system.ts';
import { isFields, type Fields } from './gateway.ts';

/** A call of the gateway: its path below `/v3/`, and its body. */
export interface GatewayRequest {
  readonly path: string;
  readonly body: Fields;
}

/** Reads one key; null where there is none. */
export const rangeOf = (key: string, serializable: boolean): GatewayRequest => ({
  path: 'kv/range',
  body: { key: base64(key), ...(serializable ? { serializable } : {}) },
});

/** Writes one key, whatever it holds. */
export const putOf = (key: string, value: Value): GatewayRequest =>
  value === null
    ? { path: 'kv/deleterange', body: { key: base64(key) } }
    : { path: 'kv/put', body: { key: base64(key), value: base64(JSON.stringify(value)) } };

/** A transaction that puts `to` if the value is `from`, and else does nothing. */
export function compareAndSetOf(key: string, from: Value, to: Value): GatewayRequest {
  const expected =
    from === null
      ? { target: 'CREATE', create_revision: '0' }
      : { target: 'VALUE', value: base64(JSON.stringify(from)) };
  const name = to === null ? 'request_delete_range' : 'request_put';
  return {
    path: 'kv/txn',
    body: {
      compare: [{ key: base64(key), result: 'EQUAL', ...expected }],
      success: [{ [name]: putOf(key, to).body }],
    },
  };
}

/** The value in the answer to a range of one key. */
export function valueIn({ kvs }: Fields): Value {
  if (kvs === undefined) return null;
  const first: unknown = Array.isArray(kvs) ? kvs[0] : undefined;
  const text = isFields(first) ? first['value'] : undefined;
  if (typeof text !== 'string') throw noValue(kvs);
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    if (typeof value === 'number' || typeof value === 'string') return value;
  } catch {
    // Somebody else's value.
  }
  throw noValue(kvs);
}

const noValue = (kvs: unknown): SessionError =>
  new SessionError('bad-answer', `not a value of ours: ${JSON.stringify(kvs).slice(0, 200)}`);

const base64 = (text: string): string => Buffer.from(text).toString('base64');
