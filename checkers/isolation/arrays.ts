/**
 * The arrays of the checkers. Large ones lie in shared memory, which V8's garbage collector does not count. What it counts makes it
 * look through the whole heap again and again while arrays are being made, and in that heap lies the history: millions of objects
 * of which none was dropped. That took half of the time. Nobody shares the memory; the budget is kept by the meter.
 */

/** All zero. */
export function int32Array(length: number): Int32Array {
  if (4 * length >= largeBytesMin) return new Int32Array(memory(4 * length));
  const at = cut(4 * length);
  return new Int32Array(chunk, at, length);
}

/** All zero. */
export function uint8Array(length: number): Uint8Array {
  if (length >= largeBytesMin) return new Uint8Array(memory(length));
  const at = cut(length);
  return new Uint8Array(chunk, at, length);
}

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

/** Small ones are cut from a chunk: to make an array with memory of its own takes a microsecond. Returns where it is in the chunk. */
function cut(bytes: number): number {
  if (chunkUsed + bytes > chunkBytes) {
    chunk = memory(chunkBytes);
    chunkUsed = 0;
  }
  const at = chunkUsed;
  chunkUsed += (bytes + 3) & ~3;
  return at;
}

/** What is dropped has to be found some time, so that now and then some is counted: enough to make the collector look. */
function memory(bytes: number): ArrayBuffer | SharedArrayBuffer {
  made = (made + bytes) % (sharedBytes + countedBytes);
  return made >= sharedBytes ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

let made = 0;
const sharedBytes = 2 ** 31;
const countedBytes = 2 ** 28;
const largeBytesMin = 2 ** 16;
const chunkBytes = 2 ** 18;
let chunk = memory(chunkBytes);
let chunkUsed = 0;
