/**
 * The arrays of the checkers. Large ones lie in shared memory, which V8's garbage collector does not count. What it counts makes it
 * look through the whole heap again and again while arrays are being made, and in that heap lies the history: millions of objects
 * of which none was dropped. That took half of the time. Nobody shares the memory; the budget is kept by the meter.
 */

/** All zero. */
export const int32Array = (length: number): Int32Array => new Int32Array(memory(4 * length));
export const uint8Array = (length: number): Uint8Array => new Uint8Array(memory(length));

/** The first elements, in an array of their own. */
export function copyOf(array: Int32Array, length: number): Int32Array {
  const copy = int32Array(length);
  copy.set(array.subarray(0, length));
  return copy;
}

const memory = (bytes: number): ArrayBuffer | SharedArrayBuffer =>
  bytes < largeBytesMin ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);

const largeBytesMin = 2 ** 16;
