/**
 * Planted bugs: alternative parts for the same socket, each with one classic mistake, and what the harness is expected
 * to find as data. The right part knows nothing of them.
 */

/** A part that is wrong on purpose, made by the same call as the right one. */
export interface PlantedBug<Part> {
  /** What it does wrong: one clause that goes on from "it …". */
  readonly mistake: string;
  /** Nemeses that bring it out, and the finding types that name it. */
  readonly shows: { readonly under: readonly string[]; readonly as: readonly string[] };
  readonly part: Part;
}

/** The planted bugs of one part, by name. */
export type PlantedBugs<Part> = Readonly<Record<string, PlantedBug<Part>>>;
