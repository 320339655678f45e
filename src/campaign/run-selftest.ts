/** Makes the runs of a selftest on a pool of workers, and says what was found and what failed. Nothing is left on disk. */
import { openWorker, type Worker } from '../workers/worker.ts';
import { plannedRuns, type PlannedRun } from './campaign.ts';
import { hunt, type HuntResult } from './hunt.ts';
import { makeRun } from './make-run.ts';
import { workThrough } from './pool.ts';
import { memoryMegabytesOf } from './runtime.ts';
import type { Hunt, LeftOut, Selftest } from './selftest.ts';
import { openTally, type CampaignSummary } from './summary.ts';

/** What `dsp selftest --json` prints. */
export interface SelftestSummary {
  readonly format: 'dsp-selftest';
  readonly version: 1;
  /** Every bug was found that could be shown here, and every run of a right system is valid. */
  readonly passed: boolean;
  /** Every hunt came to its end, and every right run was made. */
  readonly complete: boolean;
  /** One sentence. */
  readonly summary: string;
  /** In the order of the systems' lists; one that was interrupted is left out. */
  readonly hunts: readonly HuntResult[];
  readonly leftOut: readonly LeftOut[];
  /** Absent where no right system was asked for. */
  readonly right?: CampaignSummary;
}

export interface SelftestOptions {
  readonly workers: number;
  readonly onProgress: (progress: SelftestProgress) => void;
  readonly signal: AbortSignal;
  readonly stopNow: AbortSignal;
}

export interface SelftestProgress {
  readonly runs: number;
  readonly hunts: number;
  readonly huntsDone: number;
  readonly rightRuns: number;
  readonly rightDone: number;
  readonly rightFailed: number;
}

type Work =
  | { readonly kind: 'hunt'; readonly hunt: Hunt }
  | { readonly kind: 'right'; readonly run: PlannedRun };

/** Hunts come first, for each of them is one piece of work however long it takes. */
function* workOf({ hunts, right }: Selftest): Generator<Work> {
  for (const each of hunts) yield { kind: 'hunt', hunt: each };
  if (right !== undefined) for (const run of plannedRuns(right)) yield { kind: 'right', run };
}

/** Resolves when all is done, or the signal came: then with what there is. */
export async function runSelftest(
  selftest: Selftest,
  options: SelftestOptions,
): Promise<SelftestSummary> {
  const { signal, stopNow, onProgress } = options;
  const { hunts, right } = selftest;
  const results = new Map<Hunt, HuntResult>();
  const tally = right === undefined ? undefined : openTally(right);
  let runs = 0;
  const tell = (made: number): void => {
    runs += made;
    const total = tally?.total();
    onProgress({
      runs,
      hunts: hunts.length,
      huntsDone: results.size,
      rightRuns: total?.planned ?? 0,
      rightDone: total?.runs ?? 0,
      rightFailed: total === undefined ? 0 : total.runs - total.valid,
    });
  };
  const perform = async (work: Work, worker: Worker): Promise<void> => {
    if (work.kind === 'hunt') {
      const result = await hunt(work.hunt, worker, signal, () => tell(1));
      if (result !== undefined && !stopNow.aborted) results.set(work.hunt, result);
      return tell(0);
    }
    const options = { ...right!, folder: '', signal, onNote: () => undefined };
    const row = await makeRun(work.run, worker, options);
    if (row === undefined || stopNow.aborted) return;
    tally!.add(row);
    tell(1);
  };
  const memoryMegabytes = Math.max(...plansIn(selftest).map(memoryMegabytesOf));
  await workThrough(workOf(selftest), perform, {
    workers: options.workers,
    open: () => openWorker({ memoryMegabytes }),
    signal,
    stopNow,
  });
  return summaryOf(
    selftest,
    hunts.flatMap((each) => results.get(each) ?? []),
    tally?.summary(),
  );
}

const plansIn = ({ hunts, right }: Selftest) => [
  ...hunts.map(({ plan }) => plan),
  ...(right?.cells.map(({ plan }) => plan) ?? []),
];

function summaryOf(
  { hunts: all, leftOut }: Selftest,
  hunts: readonly HuntResult[],
  right: CampaignSummary | undefined,
): SelftestSummary {
  const bugs = Map.groupBy(all, ({ system, bug }) => `${system} ${bug.id}`);
  const found = Map.groupBy(
    hunts.filter((each) => each.found),
    ({ system, bug }) => `${system} ${bug}`,
  );
  const complete = hunts.length === all.length && (right?.complete ?? true);
  const rightPassed = right === undefined || right.verdict === 'valid';
  return {
    format: 'dsp-selftest',
    version: 1,
    passed: complete && found.size === bugs.size && rightPassed,
    complete,
    summary: [
      `${found.size} of ${bugs.size} bugs found${median([...found.values()].map(least))}`,
      ...(leftOut.length === 0 ? [] : [`${leftOut.length} left out`]),
      ...(right === undefined ? [] : [`right systems: ${right.summary}`]),
    ].join('; '),
    hunts,
    leftOut,
    ...(right === undefined ? {} : { right }),
  };
}

/** A bug may be found under several nemeses; whoever looks for it begins with the best. */
const least = (hunts: readonly HuntResult[]): number =>
  Math.min(...hunts.map(({ cpuSeconds }) => cpuSeconds));

function median(seconds: readonly number[]): string {
  if (seconds.length === 0) return '';
  const middle = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)]!;
  return `, in ${middle.toFixed(1)} CPU seconds at the median`;
}
