/** A client's frame as a request, or undefined when it is none: the one place where a node distrusts what it is sent. */
import type { Value } from '../../src/core/seams/system.ts';
import type { Frame } from '../sdk/network.ts';
import type { Call, Request } from './messages.ts';

/** Longer keys and values are no request that this store takes. */
export const keyLengthMax = 1024;
export const valueLengthMax = 65_536;

/** Undefined for a frame that is no request. */
export function readRequest(frame: Frame): Request | undefined {
  const fields = frame as unknown as Readonly<Record<string, unknown>>;
  const { client, id } = fields;
  const call = readCall(fields);
  if (call === undefined || !isName(client) || !Number.isSafeInteger(id)) return undefined;
  return { client, number: id as number, ...call };
}

function readCall(fields: Readonly<Record<string, unknown>>): Call | undefined {
  const { call, key, value, from, to } = fields;
  if (!isName(key)) return undefined;
  if (call === 'get') return { call, key };
  if (call === 'put' && isValue(value)) return { call, key, value };
  if (call === 'compare-and-set' && isValue(from) && isValue(to)) return { call, key, from, to };
  return undefined;
}

const isName = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= keyLengthMax;

const isValue = (value: unknown): value is Value =>
  value === null ||
  typeof value === 'number' ||
  (typeof value === 'string' && value.length <= valueLengthMax);
