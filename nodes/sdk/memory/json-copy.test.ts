import { isDeepStrictEqual } from 'node:util';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { jsonCopy } from './json-copy.ts';

/** What JSON itself makes of a value: the word of reference. */
const byJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Whatever code may put into a frame, what JSON has no word for included. */
const anything = fc.anything({
  withDate: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'length')),
});

describe('a frame that is copied', () => {
  test.prop([anything])('is what JSON would have made of it', (value) => {
    const frame = { kind: 'frame', value };
    expect(isDeepStrictEqual(jsonCopy(frame), byJson(frame))).toBe(true);
  });

  test.each([
    [-0],
    [Number.NaN],
    [Number.NEGATIVE_INFINITY],
    [[undefined, () => {}, Symbol('s')]],
    // oxlint-disable-next-line no-sparse-arrays
    [[1, , 3]],
    [{ left: undefined, out: () => {} }],
    [JSON.parse('{"__proto__":{"polluted":true}}') as object],
    [{ toJSON: () => ({ said: 'otherwise' }) }],
    [{ toJSON: () => undefined }],
    [{ toJSON: 'a field like any other' }],
    ['\u{d800} alone'],
  ])('%o is, too', (value) => {
    expect(jsonCopy({ value })).toStrictEqual(byJson({ value }));
  });

  test('shares nothing with what was sent', () => {
    const sent = { kind: 'frame', list: [{ n: 1 }] };
    const copied = jsonCopy(sent);
    sent.list[0]!.n = 2;
    sent.list.push({ n: 3 });
    expect(copied).toEqual({ kind: 'frame', list: [{ n: 1 }] });
  });

  test('cannot change what all objects are', () => {
    const copied = jsonCopy(JSON.parse('{"__proto__":{"polluted":true}}') as object);
    expect('polluted' in copied).toBe(false);
    expect(Object.keys(copied)).toEqual(['__proto__']);
  });

  test('is refused where JSON refuses it', () => {
    expect(() => byJson({ n: 1n })).toThrow(TypeError);
    expect(() => jsonCopy({ n: 1n })).toThrow(TypeError);
  });
});
