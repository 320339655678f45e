/** "Did you mean …": the valid value nearest to what somebody typed. */

/**
 * The candidate that contains what was typed, or else the one with the smallest edit distance to it, if that is near
 * enough to be meant.
 */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => ({
    candidate,
    distance: distanceOf(typed, candidate),
  }));
  const best = distances.toSorted((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(2, typed.length / 2)
    ? best.candidate
    : undefined;
}

/** One sentence: the nearest value if there is one, then all of them. */
export function nearestHint(typed: string, candidates: readonly string[]): string {
  const meant = nearest(typed, candidates);
  const all = `valid: ${candidates.join(', ')}`;
  return meant === undefined ? all : `did you mean ${meant}? (${all})`;
}

const abbreviationLengthMin = 3;

const distanceOf = (typed: string, candidate: string): number =>
  typed.length >= abbreviationLengthMin && candidate.includes(typed)
    ? 0
    : editDistance(typed, candidate);

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
