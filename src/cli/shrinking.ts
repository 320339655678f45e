/**
 * `dsp shrink` from a recorded run to the folder of a smaller one, which fails too: with its report, and a test for the user's suite.
 *
 * The first signal, or the end of the time, ends the search; the smallest that was found by then is written all the same.
 */
import type { Interruption } from './interruption.ts';
import { listenForInterruption } from './interruption.ts';
import { exitStatus, usageError } from '../core/errors.ts';
import { closingText } from '../gate/terminal.ts';
import { storyOf } from '../gate/story.ts';
import { readJudgedRun } from '../gate/write-gate-files.ts';
import { readHistory } from '../store/read-history.ts';
import { sizeOf } from '../shrink/scheduled-plan.ts';
import { failedRun, shrinkRun, type FailedRun } from '../shrink/shrink-run.ts';
import type { Shrunk } from '../shrink/shrink.ts';
import { writeShrunk } from '../shrink/write-shrunk.ts';
import { visibleLine } from '../core/visible-text.ts';
import { print, printJson, say } from './output.ts';
import { paint } from './paint.ts';
import { shrinkStatusLine, sizeText } from './progress/shrink-status.ts';
import { progressView } from './progress/view.ts';
import type { RecordedRun } from './recorded-run.ts';
import { writeReports } from './reports.ts';
import { statusOf, worstStatus } from './verdict-status.ts';

export interface ShrinkingOptions {
  /** Undefined: what the runtime usually needs. */
  readonly budgetSeconds: number | undefined;
  readonly trials: number;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Resolves to the exit status: that of the smaller run, or of the signal that ended the search. */
export async function shrinkRecorded(
  recorded: RecordedRun,
  options: ShrinkingOptions,
): Promise<number> {
  const failed = await failedRun(recorded.folder, recorded.plan);
  using interruption = listenForInterruption((first) => say(first ? onFirst : onSecond));
  const shrunk = await search(recorded, failed, options, interruption);
  if (interruption.now.aborted || (shrunk === undefined && interruption.graceful.aborted))
    return interruption.status!;
  if (shrunk === undefined)
    throw usageError(
      `there is nothing to shrink: ${recorded.folder} does not fail any more`,
      recorded.plan.runtime === 'sim'
        ? 'the code has changed since; dsp replay says from where on it differs'
        : 'it fails now and then only; more --trials find it more often',
    );
  if (!shrunk.isSmaller) {
    say(`nothing smaller than ${recorded.folder} fails, of ${shrunk.candidates} candidates`);
    return interruption.status ?? exitStatus.invalid;
  }
  try {
    return await write(recorded, failed, shrunk, options, interruption);
  } catch (thrown) {
    if (!interruption.now.aborted) throw thrown;
    return interruption.status!;
  }
}

const onFirst = 'interrupted: writing the smallest run so far; once more to stop at once';
const onSecond = 'stopping at once';

/** Every candidate of a simulated run takes a moment, of another one the time that its processes take to start. */
const budgetSecondsOf = (runtime: string): number => (runtime === 'sim' ? 120 : 900);

async function search(
  { folder, plan, systems }: RecordedRun,
  failed: FailedRun,
  { budgetSeconds = budgetSecondsOf(plan.runtime), trials, quiet }: ShrinkingOptions,
  interruption: Interruption,
): Promise<Shrunk | undefined> {
  const title = `shrinking ${folder} · ${failed.failure.finding} · at most ${budgetSeconds} s`;
  await using view = progressView(title, quiet, shrinkStatusLine);
  const beganMs = performance.now();
  return shrinkRun(failed, {
    systems,
    trials,
    stopNow: interruption.now,
    signal: interruption.graceful,
    budgetMs: Math.ceil(budgetSeconds * 1000),
    onProgress: ({ pass, candidates, smallest }) =>
      view.update({
        step: 'search',
        pass,
        elapsedSeconds: (performance.now() - beganMs) / 1000,
        candidates,
        size: sizeOf(smallest),
      }),
  });
}

async function write(
  { folder: from, systems }: RecordedRun,
  failed: FailedRun,
  shrunk: Shrunk,
  { out, trials, json }: ShrinkingOptions,
  interruption: Interruption,
): Promise<number> {
  const { candidates, isSmallest, smallest } = shrunk;
  const { folder, verdict, fails, test } = await writeShrunk(smallest, failed.failure, {
    systems,
    outFolder: out,
    trials,
    stopNow: interruption.now,
  });
  const status = worstStatus([statusOf(verdict), await writeReports(folder)]);
  if (json) printJson(verdict);
  else {
    const run = readJudgedRun(folder);
    const how = isSmallest ? 'nothing smaller fails' : 'the search was ended';
    print(closingText(run, paint));
    print(field('before', sizeText(sizeOf(failed.start))));
    print(field('after', `${sizeText(sizeOf(smallest))} (${candidates} candidates, ${how})`));
    print(field('test', test));
    print(`\n${storyOf(readHistory(folder).entries).join('\n')}`);
  }
  if (!fails)
    say(`${from} failed when it was made this small, but not when that was run once more`);
  return interruption.status ?? (fails ? status : exitStatus.unknown);
}

/** As the lines above it are. */
const field = (name: string, value: string): string =>
  `  ${paint('dim', name.padEnd(12))} ${visibleLine(value)}`;
