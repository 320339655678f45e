/**
 * A campaign: many runs, of every cell of a matrix under every seed. It is data, written to its folder before the first run,
 * and decides by itself which runs there are: so it can be shared out between machines, and gone on with after any end.
 */
import type { Plan } from '../core/plan.ts';
import { seedOfRun } from '../config/settings.ts';

export interface Campaign {
  readonly format: 'dsp-campaign';
  readonly version: 1;
  /** The version of dsp that made the first of its runs. */
  readonly dsp: string;
  readonly cells: readonly Cell[];
  readonly seeds: Seeds;
  /** Absent where one machine makes all of it. */
  readonly shard?: Shard;
  readonly keep: Keep;
  /** Of the host's time; a run that takes longer is ended, and is an error. */
  readonly runSecondsMax: number;
}

/** One entry of the matrix: a system under a workload and a nemesis, or a mix of nemeses. */
export interface Cell {
  /** Unlike every other's of its campaign. */
  readonly name: string;
  /** With the first seed. */
  readonly plan: Plan;
}

export interface Seeds {
  readonly first: string;
  readonly count: number;
}

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** Which runs' folders are kept: of those that are not valid, of all, of none. */
export const keeps = ['failed', 'all', 'none'] as const;
export type Keep = (typeof keeps)[number];

/** One run of a campaign, before it is made. */
export interface PlannedRun {
  readonly cell: Cell;
  /** The cell's plan with the run's own seed. */
  readonly plan: Plan;
}

/** What tells the runs of a campaign apart. */
export const runKey = (cell: string, seed: string): string => `${seed} ${cell}`;

type Matrix = Pick<Campaign, 'cells' | 'seeds' | 'shard'>;

/**
 * The runs of this shard: every cell under the first seed, then under the second, so that a campaign that is cut short has
 * something to say of each cell. They are shared out cell by cell, so that every shard has its part of the slow ones.
 */
export function* plannedRuns({ cells, seeds, shard }: Matrix): Generator<PlannedRun> {
  for (let ordinal = 1; ordinal <= seeds.count; ordinal++) {
    for (const [place, cell] of cells.entries()) {
      if (!isOurs(place * seeds.count + ordinal - 1, shard)) continue;
      yield { cell, plan: { ...cell.plan, seed: seedOfRun(seeds.first, ordinal) } };
    }
  }
}

/** Row k belongs to shard k mod n, counted from 0. */
const isOurs = (row: number, shard: Shard | undefined): boolean =>
  shard === undefined || row % shard.of === shard.index - 1;

/** How many runs of each cell there are, by the cell's name. */
export function runsPlanned({ cells, seeds, shard }: Matrix): ReadonlyMap<string, number> {
  return new Map(
    cells.map(({ name }, place) => {
      let runs = 0;
      for (let seed = 0; seed < seeds.count; seed++)
        if (isOurs(place * seeds.count + seed, shard)) runs += 1;
      return [name, runs];
    }),
  );
}
