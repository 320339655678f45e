/** The campaign that a command line means: a new one, or one that is gone on with. Nothing has been started or written. */
import type { Campaign } from '../../campaign/campaign.ts';
import {
  createCampaignFolder,
  findCampaign,
  readCampaign,
} from '../../campaign/campaign-folder.ts';
import { workersFor } from '../../campaign/runtime.ts';
import { resolveConfig, resolveWithFile, type ConfigSources } from '../../config/resolve.ts';
import { usageError } from '../../core/errors.ts';
import { knownSystems } from '../../run/known-systems.ts';
import { versions } from '../../run/versions.ts';
import { wholeNumber } from '../numbers.ts';
import { say } from '../output.ts';
import { typedSettings } from '../setting-flags.ts';
import { besideResume } from './flags.ts';
import { newCampaign } from './new-campaign.ts';

export interface OpenedCampaign {
  readonly campaign: Campaign;
  readonly workers: number;
  /** Makes it, of a new campaign. */
  readonly folder: () => string;
}

/** As oclif parsed them. */
type Flags = Readonly<Record<string, unknown>>;

/** Throws a usage error for what cannot be. */
export async function beginCampaign(flags: Flags): Promise<OpenedCampaign> {
  const resolved = await resolveWithFile(sourcesOf(flags));
  const campaign = newCampaign(
    resolved,
    {
      system: texts(flags, 'system'),
      workload: texts(flags, 'workload'),
      nemesis: texts(flags, 'nemesis'),
      seeds: text(flags, 'seeds'),
      shard: text(flags, 'shard'),
      keep: text(flags, 'keep'),
      runSecondsMax: text(flags, 'run-seconds-max'),
    },
    knownSystems(resolved.file),
  );
  return {
    campaign,
    workers: workersFrom(flags, campaign),
    folder: () => createCampaignFolder(resolved.config.out, campaign, new Date()),
  };
}

/** Throws a usage error where something else is asked for than the campaign is. */
export async function resumeCampaign(flags: Flags, wanted: string): Promise<OpenedCampaign> {
  const foreign = Object.entries(flags).find(
    ([name, value]) => value !== undefined && value !== false && !besideResume.has(name),
  );
  if (foreign !== undefined)
    throw usageError(
      `--${foreign[0]} cannot stand beside --resume: what is run is in the campaign`,
      'leave it out, or begin another campaign without --resume',
    );
  const { out } = await resolveConfig(sourcesOf(flags));
  const folder = findCampaign(wanted, out);
  const campaign = readCampaign(folder);
  if (campaign.dsp !== versions().dsp)
    say(`dsp: this campaign was begun by dsp ${campaign.dsp}, and this is ${versions().dsp}`);
  return { campaign, workers: workersFrom(flags, campaign), folder: () => folder };
}

/** Of a repeatable flag the first alone is a setting's value; each of them is checked as an entry of the matrix. */
function sourcesOf(flags: Flags): ConfigSources {
  const { keep: _, system, workload, nemesis, ...rest } = flags;
  const first = Object.fromEntries(
    Object.entries({ system, workload, nemesis }).flatMap(([name, value]) =>
      Array.isArray(value) ? [[name, value.slice(0, 1)]] : [],
    ),
  );
  return {
    flags: typedSettings({ ...rest, ...first }),
    environment: process.env,
    path: text(flags, 'config'),
    folder: process.cwd(),
  };
}

const workersMax = 1000;

/** As many as are asked for, else what the runtime bears. */
export function workersFrom(flags: Flags, { cells }: Pick<Campaign, 'cells'>): number {
  const asked = text(flags, 'workers');
  return asked === undefined
    ? workersFor(cells[0]!.plan)
    : wholeNumber('--workers', asked, 1, workersMax);
}

const text = (flags: Flags, name: string): string | undefined => flags[name] as string | undefined;
const texts = (flags: Flags, name: string): readonly string[] | undefined =>
  flags[name] as readonly string[] | undefined;
