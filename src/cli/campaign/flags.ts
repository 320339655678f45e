/** The flags of many runs: every setting of one, but for those that have no meaning here, and what makes them many. */
import { Flags } from '@oclif/core';
import { keeps } from '../../campaign/campaign.ts';
import type { ConfigKey } from '../../config/schema.ts';
import { flagName } from '../../config/fields.ts';
import { settingFlags } from '../setting-flags.ts';

/** Of a single command line of `dsp test`: how often it runs, and what it keeps. */
const ofOneCommand: readonly ConfigKey[] = ['repeat', 'untilFail', 'keep'];

const settings = Object.fromEntries(
  Object.entries(settingFlags).filter(([name]) => !ofOneCommand.map(flagName).includes(name)),
);

/** Those of a run, without the ones that are named. */
export const settingFlagsWithout = (...names: readonly string[]): typeof settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)));

const entry = (helpValue: string, summary: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, helpValue, summary });

/** Each occurrence is an entry of the matrix. */
export const matrixFlags = {
  system: entry('replicated-log', 'what is tested; repeatable, each is an entry of the matrix'),
  workload: entry('register', 'what clients do; repeatable, each is an entry of the matrix'),
  nemesis: entry(
    'partition,kill',
    'fault families that strike together, none, or all for each alone and the mix of all; repeatable, each is an entry of the matrix',
  ),
};

/** Of every command that has workers. */
export const poolFlags = {
  config: Flags.string({
    helpValue: 'dsp.config.ts',
    summary: 'the configuration file [the one in the working folder, if any]',
  }),
  workers: Flags.string({
    helpValue: '4',
    summary: 'how many runs at a time [the cores under sim, else 1: real runs disturb each other]',
  }),
};

/** Which runs there are beyond the matrix, and what is kept of them. */
export const campaignFlags = {
  seeds: Flags.string({ helpValue: '1000', summary: 'how many seeds, from --seed on [100]' }),
  shard: Flags.string({
    helpValue: '1/4',
    summary: 'make one of n even parts of the runs, i/n; needs --seed',
  }),
  'stop-at-first': Flags.boolean({ summary: 'begin no run after one that is not valid' }),
  keep: Flags.string({
    options: [...keeps],
    helpValue: 'failed',
    summary: 'whose run folders are kept: failed, all or none [failed]',
  }),
  'run-seconds-max': Flags.string({
    helpValue: '300',
    summary: 'after which a run is ended, as an error [from the settings]',
  }),
  resume: Flags.string({
    helpValue: 'latest',
    summary: 'go on with a campaign: its folder, a part of its name, or latest',
  }),
};

/** What may stand beside `--resume`, for all else is in the campaign. */
export const besideResume: ReadonlySet<string> = new Set([
  'resume',
  'workers',
  'stop-at-first',
  'out',
  'json',
  'quiet',
  'debug',
]);
