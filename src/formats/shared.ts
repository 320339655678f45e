/**
 * Values that say the same, kept once: the completion of a write repeats the write, and that of a transaction all its
 * writes. Without this they would be the larger part of a history's memory.
 */

/** `fresh`, with what it has in common with `known` taken from there. Arrays of `fresh` may be changed; they are the reader's own. */
export function shared(fresh: unknown, known: unknown, depth = 0): unknown {
  if (fresh === known) return known;
  if (!Array.isArray(fresh) || !Array.isArray(known) || depth > depthMax) return fresh;
  let isSame = fresh.length === known.length;
  const common = Math.min(fresh.length, known.length);
  for (let i = 0; i < common; i++) {
    const item: unknown = shared(fresh[i], known[i], depth + 1);
    if (item === known[i]) fresh[i] = item;
    else isSame = false;
  }
  return isSame ? known : fresh;
}

/** Micro-operations lie at one, what they read at two. */
const depthMax = 4;
