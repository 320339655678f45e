/** Campaigns and their rows in memory, for what is pure of them: as many cells and seeds as a test wants, none of them run. */
import type { Campaign } from '../../src/campaign/campaign.ts';
import type { Row } from '../../src/campaign/row.ts';
import { judgedRun } from './judged-run.ts';

/** Its cells are named `cell-1` …; its plans are those of a judged run. */
export function campaignOf({
  cells = 1,
  seeds = 1,
  first = '1',
}: {
  cells?: number;
  seeds?: number;
  first?: string;
}): Campaign {
  const plan = { ...judgedRun().plan, seed: first };
  return {
    format: 'dsp-campaign',
    version: 1,
    dsp: '0.1.0',
    cells: Array.from({ length: cells }, (_, at) => ({ name: `cell-${at + 1}`, plan })),
    seeds: { first, count: seeds },
    keep: 'failed',
    runSecondsMax: 60,
  };
}

/** A valid row of `cell-1`, with whatever a test changes. */
export const rowWith = (changes: Partial<Row> = {}): Row => ({
  cell: 'cell-1',
  seed: '1',
  verdict: 'valid',
  summary: 'all is well',
  wallSeconds: 2,
  cpuSeconds: 1,
  memoryMegabytes: 100,
  replay: 'npx dsp test --seed 1',
  ...changes,
});
