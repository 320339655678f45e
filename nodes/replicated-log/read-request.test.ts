import { describe, expect, test } from 'vitest';
import type { Frame } from '../sdk/network.ts';
import { keyLengthMax, readRequest, valueLengthMax } from './read-request.ts';

const frame = (fields: object): Frame =>
  ({ kind: 'request', id: 7, client: 'c', ...fields }) as Frame;

describe('a request', () => {
  test.each([
    { call: 'get', key: 'a' },
    { call: 'put', key: 'a', value: 1 },
    { call: 'put', key: '', value: null },
    { call: 'compare-and-set', key: 'a', from: null, to: 'x' },
  ])('is read as what it says: $call', (call) => {
    expect(readRequest(frame(call))).toEqual({ client: 'c', number: 7, ...call });
  });

  test('is read without what does not belong to it', () => {
    const request = readRequest(frame({ call: 'get', key: 'a', value: 1, number: 9 }));
    expect(request).toEqual({ client: 'c', number: 7, call: 'get', key: 'a' });
  });

  test.each([
    ['an unknown call', { call: 'drop', key: 'a' }],
    ['no call', { key: 'a' }],
    ['no key', { call: 'get' }],
    ['a key that is no text', { call: 'get', key: 1 }],
    ['a key that is too long', { call: 'get', key: 'k'.repeat(keyLengthMax + 1) }],
    ['no value', { call: 'put', key: 'a' }],
    ['a value that is no value', { call: 'put', key: 'a', value: { a: 1 } }],
    ['a value that is too long', { call: 'put', key: 'a', value: 'v'.repeat(valueLengthMax + 1) }],
    ['half a comparison', { call: 'compare-and-set', key: 'a', from: 1 }],
    ['no client', { call: 'get', key: 'a', client: undefined }],
    ['no id', { call: 'get', key: 'a', id: undefined }],
    ['an id that is no whole number', { call: 'get', key: 'a', id: 1.5 }],
  ])('is none with %s', (_, fields) => {
    expect(readRequest(frame(fields))).toBeUndefined();
  });
});
