/**
 * Where a campaign is written: `results/campaigns/<UTC time>-<seed>/`. Its files and their forms are documented in
 * `results/README.md`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataError, environmentError, messageOf, usageError } from '../core/errors.ts';
import { folderName } from '../store/run-folder.ts';
import type { Campaign } from './campaign.ts';

/** The names of a campaign's files, relative to its folder. */
export const campaignFiles = {
  campaign: 'campaign.json',
  rows: 'rows.jsonl',
  summary: 'summary.md',
  summaryData: 'summary.json',
  junit: 'junit.xml',
  runs: 'runs',
} as const;

const campaignsIn = (outFolder: string): string => join(outFolder, 'campaigns');

/** Makes the folder of a new campaign and writes what it is. `startedAt` is its name in time. */
export function createCampaignFolder(
  outFolder: string,
  campaign: Campaign,
  startedAt: Date,
): string {
  const folder = join(campaignsIn(outFolder), folderName(startedAt, campaign.seeds.first));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, campaignFiles.campaign), `${JSON.stringify(campaign, null, 2)}\n`);
  } catch (cause) {
    throw environmentError(
      `--out: the results folder ${outFolder} cannot be written: ${messageOf(cause)}`,
      'name another with --out',
      cause,
    );
  }
  return folder;
}

/** The campaign in a folder. */
export function readCampaign(folder: string): Campaign {
  const path = join(folder, campaignFiles.campaign);
  let campaign: Partial<Campaign>;
  try {
    campaign = JSON.parse(readFileSync(path, 'utf8')) as Partial<Campaign>;
  } catch (cause) {
    throw dataError(`${path} cannot be read: ${messageOf(cause)}`, undefined, cause);
  }
  if (campaign.format !== 'dsp-campaign' || campaign.version !== 1)
    throw dataError(`${path} is not a campaign of version 1`);
  return campaign as Campaign;
}

/** The campaign that somebody means: its folder, the name of that, or `latest`. Throws a usage error where there is none. */
export function findCampaign(wanted: string, outFolder: string): string {
  if (existsSync(join(wanted, campaignFiles.campaign))) return wanted;
  const all = allCampaigns(outFolder);
  const found = wanted === 'latest' ? all.at(-1) : all.findLast((each) => fits(each, wanted));
  if (found !== undefined) return found;
  throw usageError(
    `--resume: there is no campaign ${wanted} in ${campaignsIn(outFolder)}`,
    all.length === 0 ? 'dsp campaign begins one' : `the newest is ${all.at(-1)}`,
  );
}

const fits = (folder: string, wanted: string): boolean =>
  basename(folder) === wanted || basename(folder).endsWith(`-${wanted}`);

/** The oldest first: a name begins with its time. */
function allCampaigns(outFolder: string): string[] {
  const parent = campaignsIn(outFolder);
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .toSorted()
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(folder, campaignFiles.campaign)));
}
