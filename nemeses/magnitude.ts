/** Sizes that matter by their order of magnitude: 20 ms and 40 ms are as far apart as 20 s and 40 s. */
import type { Random } from '../src/core/random.ts';

/** Log-uniform between the bounds. */
export const magnitude = (random: Random, min: number, max: number): number =>
  min * (max / min) ** random.fraction();
