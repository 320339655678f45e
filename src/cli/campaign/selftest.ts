/** A selftest as the command line makes it: followed, ended in good order by a signal, and told in a table. */
import {
  runSelftest,
  type SelftestProgress,
  type SelftestSummary,
} from '../../campaign/run-selftest.ts';
import { selftestOf, type Selftest } from '../../campaign/selftest.ts';
import { workersFor } from '../../campaign/runtime.ts';
import { resolveWithFile } from '../../config/resolve.ts';
import { settingsOf } from '../../config/settings.ts';
import { exitStatus } from '../../core/errors.ts';
import { knownSystems } from '../../run/known-systems.ts';
import { listenForInterruption } from '../interruption.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printJson } from '../output.ts';
import { progressView, type Snapshot } from '../progress/view.ts';
import { typedSettings } from '../setting-flags.ts';
import { seedsMax } from './new-campaign.ts';
import { selftestTable } from './selftest-table.ts';

export interface OpenedSelftest {
  readonly selftest: Selftest;
  readonly workers: number;
  readonly title: string;
}

export interface SelftestTexts {
  readonly config: string | undefined;
  readonly seeds: string | undefined;
  readonly rightSeeds: string | undefined;
  readonly workers: string | undefined;
}

export const seedsDefault = 200;
export const rightSeedsDefault = 20;

/** Fixed seeds under the simulator unless others are asked for: so it says the same whenever nothing has changed. */
export async function openSelftest(
  flags: Readonly<Record<string, unknown>>,
  texts: SelftestTexts,
): Promise<OpenedSelftest> {
  const { config, file, given } = await resolveWithFile({
    flags: typedSettings(flags),
    environment: process.env,
    path: texts.config,
    folder: process.cwd(),
  });
  const asked = flags['runtime'] !== undefined || given.settings.includes('runtime');
  const runtime = asked ? config.runtime : 'sim';
  const settings = settingsOf({ ...config, runtime, seed: config.seed ?? '1' }, given);
  const seeds = numberOf('--seeds', texts.seeds, 1, seedsDefault);
  const rightSeeds = numberOf('--right-seeds', texts.rightSeeds, 0, rightSeedsDefault);
  const selftest = selftestOf(settings, { seeds, rightSeeds }, knownSystems(file));
  const workers =
    texts.workers === undefined
      ? workersFor(settings)
      : wholeNumber('--workers', texts.workers, 1, 1000);
  const bugs = new Set(selftest.hunts.map(({ bug }) => bug.id)).size;
  const title = [
    `seed ${settings.seed}`,
    `${bugs} bugs, at most ${seeds} seeds under each nemesis; right systems, ${rightSeeds} seeds under each`,
    `${settings.nodes} nodes, ${settings.timeLimitSeconds} s, ${runtime}, ${workers} workers`,
  ].join(' · ');
  return { selftest, workers, title };
}

const numberOf = (flag: string, text: string | undefined, min: number, otherwise: number): number =>
  text === undefined ? otherwise : wholeNumber(flag, text, min, seedsMax);

/** Resolves to the exit status. */
export async function conductSelftest(
  { selftest, workers, title }: OpenedSelftest,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
): Promise<number> {
  const { summary, interruptedBy } = await followed(selftest, workers, title, quiet);
  if (json) printJson(summary);
  else print(selftestTable(summary));
  return interruptedBy ?? (summary.passed ? exitStatus.valid : exitStatus.invalid);
}

const progressMs = 500;

async function followed(
  selftest: Selftest,
  workers: number,
  title: string,
  quiet: boolean,
): Promise<{ summary: SelftestSummary; interruptedBy: number | undefined }> {
  await using view = progressView(title, quiet, line);
  using interruption = listenForInterruption(() => view.note('interrupted: no other run is begun'));
  const beganMs = performance.now();
  let now: SelftestProgress | undefined;
  const timer = setInterval(() => {
    const elapsedSeconds = (performance.now() - beganMs) / 1000;
    if (now !== undefined) view.update({ ...now, step: 'runs', elapsedSeconds });
  }, progressMs);
  try {
    const summary = await runSelftest(selftest, {
      workers,
      onProgress: (progress) => void (now = progress),
      signal: interruption.graceful,
      stopNow: interruption.now,
    });
    return { summary, interruptedBy: interruption.status };
  } finally {
    clearInterval(timer);
  }
}

const line = (_: unknown, now: SelftestProgress & Snapshot): string =>
  [
    `${Math.round(now.elapsedSeconds)} s`,
    `${now.runs} runs`,
    `${now.huntsDone} of ${now.hunts} hunts over`,
    `${now.rightDone} of ${now.rightRuns} right runs, ${now.rightFailed} not valid`,
  ].join(' · ');
