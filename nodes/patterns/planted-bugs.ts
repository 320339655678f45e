/**
 * Planted bugs: alternative parts for the same socket, each with one classic mistake, and what the harness is expected
 * to find as data. The right part knows nothing of them.
 */
import type { Showing } from '../../src/core/seams/system.ts';

/** A part that is wrong on purpose, made by the same call as the right one. */
export interface PlantedBug<Part> {
  /** What it does wrong: one clause that goes on from "it …". */
  readonly mistake: string;
  readonly shows: Showing;
  readonly part: Part;
}

/** The planted bugs of one part, by name. */
export type PlantedBugs<Part> = Readonly<Record<string, PlantedBug<Part>>>;
