/**
 * What a campaign has come to so far, as data: how many runs of each cell ended how, every run that is not valid, and what
 * the valid ones are worth. Gathered row by row, so that thousands of runs take no more memory than their failures.
 */
import { confidenceSentence } from '../core/confidence.ts';
import { runsPlanned, type Campaign } from './campaign.ts';
import type { Row } from './row.ts';

/** `summary.json`. */
export interface CampaignSummary extends Counts {
  readonly format: 'dsp-campaign-summary';
  readonly version: 1;
  /** The worst of all runs. */
  readonly verdict: Row['verdict'];
  /** With `error`. */
  readonly errorCode?: NonNullable<Row['errorCode']>;
  /** One sentence: how many runs ended how, and what that is worth. */
  readonly summary: string;
  /** Every run that there is to make has been made. */
  readonly complete: boolean;
  readonly seed: string;
  readonly cells: readonly CellSummary[];
  /** In the order in which they ended, the first thousand. */
  readonly failures: readonly Row[];
  /** How many more there are; they stand in `rows.jsonl`. */
  readonly failuresBeyond: number;
}

export interface CellSummary extends Counts {
  readonly name: string;
  /** Where all that was made is valid: at most how many of such runs fail. */
  readonly confidence?: string;
}

export interface Counts {
  readonly planned: number;
  readonly runs: number;
  readonly valid: number;
  readonly invalid: number;
  readonly unknown: number;
  readonly error: number;
  readonly cpuSeconds: number;
}

export interface Tally {
  add(row: Row): void;
  total(): Counts;
  summary(): CampaignSummary;
}

const failuresMax = 1000;

/** Counts nothing yet. Rows of cells that the campaign has not are left out. */
export function openTally(campaign: Campaign): Tally {
  const cells = new Map(
    [...runsPlanned(campaign)].map(([name, planned]) => [name, { ...none, planned }]),
  );
  const failures: Row[] = [];
  let failed = 0;
  const total = (): Counts => [...cells.values()].reduce(sum, none);
  let worst: Pick<Row, 'verdict' | 'errorCode'> = { verdict: 'valid' };
  return {
    add(row) {
      const counts = cells.get(row.cell);
      if (counts === undefined) return;
      counts.runs += 1;
      counts[row.verdict] += 1;
      counts.cpuSeconds += row.cpuSeconds;
      if (gravity(row) > gravity(worst)) worst = row;
      if (row.verdict === 'valid') return;
      failed += 1;
      if (failures.length < failuresMax) failures.push(row);
    },
    total,
    summary() {
      const all = total();
      const { verdict, errorCode } = worst;
      return {
        format: 'dsp-campaign-summary',
        version: 1,
        verdict,
        ...(errorCode === undefined ? {} : { errorCode }),
        summary: sentence(all),
        complete: all.runs === all.planned,
        seed: campaign.seeds.first,
        ...all,
        cells: Array.from(cells, cellSummary),
        failures: [...failures],
        failuresBeyond: failed - failures.length,
      };
    },
  };
}

const none = { planned: 0, runs: 0, valid: 0, invalid: 0, unknown: 0, error: 0, cpuSeconds: 0 };

const sum = (a: Counts, b: Counts): typeof none => ({
  planned: a.planned + b.planned,
  runs: a.runs + b.runs,
  valid: a.valid + b.valid,
  invalid: a.invalid + b.invalid,
  unknown: a.unknown + b.unknown,
  error: a.error + b.error,
  cpuSeconds: rounded(a.cpuSeconds + b.cpuSeconds),
});

/** As exit statuses rank them: a violation is hidden by nothing, a run that could not be made by no missing verdict. */
const gravity = ({ verdict, errorCode }: Pick<Row, 'verdict' | 'errorCode'>): number =>
  ['valid', 'unknown', 'environment', 'harness', 'invalid'].indexOf(
    verdict === 'error' ? (errorCode ?? 'harness') : verdict,
  );

const worth = ({ runs, valid }: Counts): Pick<CellSummary, 'confidence'> =>
  runs > 0 && valid === runs ? { confidence: confidenceSentence(runs) } : {};

const cellSummary = ([name, counts]: readonly [string, Counts]): CellSummary => ({
  name,
  ...counts,
  cpuSeconds: rounded(counts.cpuSeconds),
  ...worth(counts),
});

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** `50 of 100 runs: 49 valid, 1 invalid`. */
function sentence(counts: Counts): string {
  const { planned, runs } = counts;
  const made = runs === planned ? runs : `${runs} of ${planned}`;
  const each = (['valid', 'invalid', 'unknown', 'error'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  const counted = `${made} ${planned === 1 ? 'run' : 'runs'}: ${each.join(', ') || 'none made'}`;
  const { confidence } = worth(counts);
  return confidence === undefined ? counted : `${counted}; ${confidence}`;
}
