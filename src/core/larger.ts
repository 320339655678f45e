/** An array that begins with what the other has, with room for so many, and for twice as many as the other had. */
export function larger(old: Int32Array, least = 0): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(2 * old.length, least));
  copy.set(old);
  return copy;
}
