/**
 * Makes the runs of a campaign that have no row yet, on as many workers as there are, and leaves its summary.
 *
 * A row is written as soon as its run is judged, so whatever ends this process, no more is lost than the runs that were
 * being made. A worker that crashes or hangs makes its row an `error`; a fresh one takes the next run.
 */
import { readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorker, type Worker } from '../workers/worker.ts';
import { plannedRuns, runKey, type Campaign, type PlannedRun } from './campaign.ts';
import { campaignFiles } from './campaign-folder.ts';
import { campaignJunit } from './junit.ts';
import { campaignMarkdown } from './markdown.ts';
import { makeRun } from './make-run.ts';
import { workThrough } from './pool.ts';
import type { Row } from './row.ts';
import { openRowFile } from './row-file.ts';
import { memoryMegabytesOf } from './runtime.ts';
import { openTally, type CampaignSummary, type Counts } from './summary.ts';

export interface CampaignOptions {
  readonly folder: string;
  readonly workers: number;
  /** Begin no run after one that is not valid. */
  readonly stopAtFirst: boolean;
  readonly onRow: (row: Row) => void;
  /** Told what all rows come to, those that were there, and then each time that one is made. */
  readonly onTally: (total: Counts) => void;
  readonly onNote: (line: string) => void;
  /** Begin no other run; end those that go. */
  readonly signal: AbortSignal;
  /** End now. */
  readonly stopNow: AbortSignal;
}

/** Resolves with what all runs of this shard have come to, those that were made before included. */
export async function runCampaign(
  campaign: Campaign,
  options: CampaignOptions,
): Promise<CampaignSummary> {
  const { folder, stopNow } = options;
  const rows = openRowFile(folder);
  const tally = openTally(campaign);
  for (const row of rows.earlier) tally.add(row);
  options.onTally(tally.total());
  const enough = new AbortController();
  const signal = AbortSignal.any([options.signal, enough.signal]);
  const perform = async (run: PlannedRun, worker: Worker): Promise<void> => {
    const row = await makeRun(run, worker, { ...campaign, ...options });
    // A worker that was ended with its run says that it crashed.
    if (row === undefined || stopNow.aborted) return;
    rows.append(row);
    tally.add(row);
    options.onTally(tally.total());
    options.onRow(row);
    if (options.stopAtFirst && row.verdict !== 'valid') enough.abort();
  };
  const made = new Set(rows.earlier.map(({ cell, seed }) => runKey(cell, seed)));
  await workThrough(remaining(campaign, made), perform, {
    workers: options.workers,
    open: () => openWorker({ memoryMegabytes: memoryOf(campaign) }),
    signal,
    stopNow,
  });
  tidyRuns(join(folder, campaignFiles.runs));
  const summary = tally.summary();
  writeSummary(campaign, summary, folder);
  return summary;
}

/** The runs that have no row yet. */
export function* remaining(campaign: Campaign, made: ReadonlySet<string>): Generator<PlannedRun> {
  for (const run of plannedRuns(campaign))
    if (!made.has(runKey(run.cell.name, run.plan.seed))) yield run;
}

const memoryOf = ({ cells }: Campaign): number =>
  Math.max(...cells.map(({ plan }) => memoryMegabytesOf(plan)));

/** Folders of runs that nobody wanted leave theirs empty; and which run was the newest says nothing here. */
function tidyRuns(runs: string): void {
  rmSync(join(runs, 'latest'), { force: true });
  for (const folder of [...kindsIn(runs).map((kind) => join(runs, kind)), runs]) {
    try {
      rmdirSync(folder);
    } catch {
      // There are runs in it, or it was never there.
    }
  }
}

function kindsIn(runs: string): string[] {
  try {
    return readdirSync(runs);
  } catch {
    return [];
  }
}

function writeSummary(campaign: Campaign, summary: CampaignSummary, folder: string): void {
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write(campaignFiles.summaryData, `${JSON.stringify(summary, null, 2)}\n`);
  write(campaignFiles.summary, campaignMarkdown(campaign, summary, folder));
  write(campaignFiles.junit, campaignJunit(summary, folder));
}
