/** Makes a campaign from what was typed. All of it is checked before anything starts. */
import { runsPlanned, type Campaign, type Keep, type Shard } from '../../campaign/campaign.ts';
import { cellsOf } from '../../campaign/cells.ts';
import { runSecondsMaxOf } from '../../campaign/runtime.ts';
import { fromText } from '../../config/fields.ts';
import type { ResolvedConfig } from '../../config/resolve.ts';
import { settingsOf } from '../../config/settings.ts';
import { usageError } from '../../core/errors.ts';
import type { Systems } from '../../run/plan.ts';
import { versions } from '../../run/versions.ts';
import { wholeNumber } from '../numbers.ts';

/** As typed; of a repeatable one every occurrence. */
export interface CampaignTexts {
  readonly system: readonly string[] | undefined;
  readonly workload: readonly string[] | undefined;
  readonly nemesis: readonly string[] | undefined;
  readonly seeds: string | undefined;
  readonly shard: string | undefined;
  readonly keep: string | undefined;
  readonly runSecondsMax: string | undefined;
}

const seedsDefault = 100;
export const seedsMax = 1_000_000;
const runSecondsMaxMax = 1_000_000;

/** Throws a usage error for a matrix that cannot be. */
export function newCampaign(
  { config, given }: Pick<ResolvedConfig, 'config' | 'given'>,
  texts: CampaignTexts,
  systems: Systems,
): Campaign {
  const settings = settingsOf(config, given);
  const shard = shardFrom(texts.shard);
  if (shard !== undefined && config.seed === undefined)
    throw usageError(
      '--shard: every part must be of the same seeds, and each would draw its own',
      '--seed 1',
    );
  const entries = {
    systems: texts.system ?? [settings.system],
    workloads: texts.workload ?? [settings.workload],
    nemeses: texts.nemesis?.map((text) => fromText('nemesis', [text], '') as string[]) ?? [
      config.nemesis,
    ],
  };
  const cells = cellsOf(settings, entries, systems);
  const count =
    texts.seeds === undefined ? seedsDefault : wholeNumber('--seeds', texts.seeds, 1, seedsMax);
  const campaign: Campaign = {
    format: 'dsp-campaign',
    version: 1,
    dsp: versions().dsp,
    cells,
    seeds: { first: settings.seed, count },
    ...(shard === undefined ? {} : { shard }),
    keep: (texts.keep ?? 'failed') as Keep,
    runSecondsMax:
      texts.runSecondsMax === undefined
        ? Math.max(...cells.map(({ plan }) => runSecondsMaxOf(plan)))
        : wholeNumber('--run-seconds-max', texts.runSecondsMax, 1, runSecondsMaxMax),
  };
  refuseEmptyShard(campaign);
  return campaign;
}

function shardFrom(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of) return { index, of };
  throw usageError(`--shard is ${text}; it must be i/n, with i from 1 to n`, 'for example 1/4');
}

/** It would pass, and have shown nothing. */
function refuseEmptyShard(campaign: Campaign): void {
  if ([...runsPlanned(campaign).values()].some((runs) => runs > 0)) return;
  const all = campaign.cells.length * campaign.seeds.count;
  throw usageError(
    `--shard: part ${campaign.shard?.index} of ${campaign.shard?.of} is empty, for there are ${all} runs in all`,
    `${all}/${all} is the last that is not`,
  );
}
