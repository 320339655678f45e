/** A campaign as the command line makes it: followed while it goes, ended in good order by a signal, and told in the end. */
import { runsPlanned, type Campaign } from '../../campaign/campaign.ts';
import { campaignAnnotations } from '../../campaign/annotations.ts';
import { runCampaign } from '../../campaign/run-campaign.ts';
import type { CampaignSummary, Counts } from '../../campaign/summary.ts';
import { listenForInterruption } from '../interruption.ts';
import { print, printJson } from '../output.ts';
import { progressView } from '../progress/view.ts';
import { statusOf } from '../verdict-status.ts';
import { campaignClosing, failureLine } from './closing.ts';
import { manyRunsLine } from './progress.ts';

export interface ConductOptions {
  readonly folder: string;
  readonly workers: number;
  readonly stopAtFirst: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

const progressMs = 500;

/** Resolves to the exit status: the worst of all runs, those that were made before included. */
export async function conduct(campaign: Campaign, options: ConductOptions): Promise<number> {
  const { summary, interruptedBy } = await followed(campaign, options);
  if (options.json) printJson(summary);
  else print(campaignClosing(summary, options.folder));
  if (!options.json && process.env['GITHUB_ACTIONS'] === 'true')
    print(campaignAnnotations(summary).join('\n'));
  return interruptedBy ?? statusOf(summary);
}

async function followed(
  campaign: Campaign,
  options: ConductOptions,
): Promise<{ summary: CampaignSummary; interruptedBy: number | undefined }> {
  await using view = progressView(titleOf(campaign, options), options.quiet, manyRunsLine);
  using interruption = listenForInterruption((first) => view.note(first ? onFirst : onSecond));
  const beganMs = performance.now();
  const planned = plannedOf(campaign);
  let madeNow = 0;
  let now: Pick<Counts, 'runs' | 'valid'> = { runs: 0, valid: 0 };
  const tell = (): void =>
    view.update({
      step: 'runs',
      elapsedSeconds: (performance.now() - beganMs) / 1000,
      made: now.runs,
      madeNow,
      planned,
      failed: now.runs - now.valid,
    });
  const timer = setInterval(tell, progressMs);
  try {
    const summary = await runCampaign(campaign, {
      ...options,
      onTally: (counts) => void (now = counts),
      onRow(row) {
        madeNow += 1;
        if (row.verdict !== 'valid') view.note(failureLine(row));
      },
      onNote: (line) => view.note(line),
      signal: interruption.graceful,
      stopNow: interruption.now,
    });
    return { summary, interruptedBy: interruption.status };
  } finally {
    clearInterval(timer);
  }
}

const onFirst = 'interrupted: no other run is begun; once more to stop at once';
const onSecond = 'stopping at once';

const plannedOf = (campaign: Campaign): number =>
  [...runsPlanned(campaign).values()].reduce((sum, runs) => sum + runs, 0);

/** The seed is the first that is said of a campaign, and among the last. */
function titleOf(campaign: Campaign, { workers, folder }: ConductOptions): string {
  const { cells, seeds, shard } = campaign;
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.of}`;
  const { timeLimitSeconds, nodes, runtime } = cells[0]!.plan;
  return [
    `seed ${seeds.first}`,
    `${count(cells.length, 'cell')}, ${count(seeds.count, 'seed')}${part}: ${count(plannedOf(campaign), 'run')}`,
    `${nodes} nodes, ${timeLimitSeconds} s, ${runtime}, ${count(workers, 'worker')}`,
    folder,
  ].join(' · ');
}

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? '' : 's'}`;
