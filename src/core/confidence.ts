/** What runs that did not fail are worth: how often such runs may fail all the same. */

/**
 * n runs without a failure leave room for a rate of 1 − 0.05^(1/n), about 3/n: any higher would have shown at 95 %. The
 * runs must be alike, and none chosen for how it went.
 */
export const failureRateMax = (runs: number): number => 1 - 0.05 ** (1 / runs);

/** The rate as a sentence, in two digits and never too low; runs of which one failed have no such sentence. */
export function confidenceSentence(runs: number): string {
  const percent = 100 * failureRateMax(runs);
  const digits = Math.max(0, 1 - Math.floor(Math.log10(percent)));
  const shown = Math.ceil(percent * 10 ** digits) / 10 ** digits;
  return `at 95 % confidence fewer than ${shown.toFixed(digits)} % of such runs fail`;
}
