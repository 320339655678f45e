/**
 * The arrays of the checkers. Large ones lie in shared memory, which V8's garbage collector does not count. What it counts makes it
 * look through the whole heap again and again while arrays are being made, and in that heap lies the history: millions of objects
 * of which none was dropped. That took half of the time. Nobody shares the memory; the budget is kept by the meter.
 */

/** All zero. */
export function int32Array(length: number): Int32Array {
  if (4 * length < largeBytesMin) return smallArray(length);
  return isCounted(4 * length)
    ? new Int32Array(length)
    : new Int32Array(new SharedArrayBuffer(4 * length));
}
/** All zero. */
export const uint8Array = (length: number): Uint8Array =>
  length < largeBytesMin || isCounted(length)
    ? new Uint8Array(length)
    : new Uint8Array(new SharedArrayBuffer(length));

/** The first elements, in an array of their own. */
export function copyOf(array: Int32Array, length: number): Int32Array {
  const copy = int32Array(length);
  copy.set(array.subarray(0, length));
  return copy;
}

/** A larger array that begins with what the other has. */
export function grown<T extends Int32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** Small ones are cut from a chunk: to make an array with memory of its own takes a microsecond. */
function smallArray(length: number): Int32Array {
  if (chunkUsed + length > chunkLength) {
    chunk = new ArrayBuffer(4 * chunkLength);
    chunkUsed = 0;
  }
  const array = new Int32Array(chunk, 4 * chunkUsed, length);
  chunkUsed += length;
  return array;
}

/** What is dropped has to be found some time, so that now and then some is counted: enough to make the collector look. */
function isCounted(bytes: number): boolean {
  made = (made + bytes) % (sharedBytes + countedBytes);
  return made >= sharedBytes;
}

let made = 0;
const sharedBytes = 2 ** 31;
const countedBytes = 2 ** 28;
const largeBytesMin = 2 ** 16;
const chunkLength = 2 ** 16;
let chunk = new ArrayBuffer(0);
let chunkUsed = chunkLength;
