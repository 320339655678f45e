/** Arrays of any length, whatever was made before. */
import { expect, test } from 'vitest';
import { int32Array, uint8Array } from './arrays.ts';

test('the first of all may be empty', () => {
  expect(uint8Array(0)).toHaveLength(0);
  expect(int32Array(0)).toHaveLength(0);
});

test('small ones, of which many fill what they are cut from, are all zero and apart', () => {
  const arrays = Array.from({ length: 300 }, (_, at) => int32Array(at * 30));
  for (const [at, array] of arrays.entries()) array.fill(at);
  for (const [at, array] of arrays.entries())
    expect(array).toEqual(new Int32Array(at * 30).fill(at));
  expect(int32Array(1000)).toEqual(new Int32Array(1000));
});
