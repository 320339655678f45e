/**
 * Delta debugging: the part of a list that a test needs, found by leaving out ever smaller pieces of it.
 *
 * The algorithm is ddmin of Zeller & Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), in the form that tries
 * complements only. What remains is 1-minimal where the test says the same of the same list: without any one item
 * more it passes. Pieces are tried from the end, for of what happens late the most can be spared.
 */

/** The items that remain. `stillFails` is asked of lists in the order of `items`; `items` itself is taken to fail. */
export async function ddmin<T>(
  items: readonly T[],
  stillFails: (kept: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = items;
  let size = kept.length;
  while (kept.length > 0 && size > 0) {
    const before = kept.length;
    for (let end = kept.length; end > 0; end -= size) {
      const without = kept.toSpliced(Math.max(0, end - size), Math.min(size, end));
      if (await stillFails(without)) kept = without;
    }
    // Something has gone, so what could not go before it may go now: single items are tried until none does.
    if (size > 1) size = Math.ceil(size / 2);
    else if (kept.length === before) break;
  }
  return kept;
}
