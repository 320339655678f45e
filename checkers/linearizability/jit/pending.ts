/**
 * The operations that have been called, not yet returned, and not taken effect: three rings of numbers, one each of
 * required operations that change the state, of read-only ones, and of optional ones.
 *
 * As in a list of dancing links (Knuth 2000), what is taken out keeps its neighbours, so it can be put back in constant
 * time, in the reverse of the order in which it was taken. Of optional operations that do the same, only the first that
 * is not spent stands in its ring.
 */
export interface Pending {
  readonly next: Int32Array;
  /** The heads of the rings; a walk along `next` ends where it began. */
  readonly changers: number;
  readonly readers: number;
  readonly optionals: number;
  append(ring: number, operation: number): void;
  /** Takes out; `putBack` is its mirror image. */
  takeOut(operation: number): void;
  putBack(operation: number): void;
}

/** Empty rings for so many operations. */
export function pendingRings(size: number): Pending {
  const next = new Int32Array(size + 3);
  for (let node = 0; node < next.length; node++) next[node] = node;
  const previous = Int32Array.from(next);
  return {
    next,
    changers: size,
    readers: size + 1,
    optionals: size + 2,
    append(ring, operation) {
      const last = previous[ring]!;
      next[last] = operation;
      previous[operation] = last;
      next[operation] = ring;
      previous[ring] = operation;
    },
    takeOut(operation) {
      const before = previous[operation]!;
      const after = next[operation]!;
      next[before] = after;
      previous[after] = before;
    },
    putBack(operation) {
      next[previous[operation]!] = operation;
      previous[next[operation]!] = operation;
    },
  };
}
