/** What is said when runs are over: how often they ended how, and how far that can be trusted. */
import { join } from 'node:path';
import type { RunResult } from '../run/run.ts';
import { runFiles } from '../store/run-folder.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { paint } from './paint.ts';

/** How many runs ended with each verdict. */
export type Tally = ReadonlyMap<VerdictFile['verdict'], number>;

/** `50 runs: 49 valid, 1 invalid`; for valid ones alone, what they say of the rate of failure. */
export function tallyLine(tally: Tally): string {
  const runs = [...tally.values()].reduce((sum, each) => sum + each, 0);
  const each = [...tally].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  const counted = `${runs} ${runs === 1 ? 'run' : 'runs'}: ${each}`;
  return tally.get('valid') === runs ? `${counted}; ${confidence(runs)}` : counted;
}

/** The rule of three: n runs without a failure bound its rate by about 3/n at 95 %. */
const confidence = (runs: number): string =>
  `at 95 % confidence fewer than ${Math.min(100, Math.round(300 / runs))} % of such runs fail`;

/** The last lines of a run: verdict, what was found in one sentence, seed, folder, and the commands to go on with. */
export function closingLines({ folder, verdict: file }: RunResult): string {
  const lines = [
    `${paint(colours[file.verdict], verdictOf(file))}: ${file.summary}`,
    `  report   ${join(folder, runFiles.report)}`,
    `  judge    ${file.recheck}`,
    `  repeat   ${file.replay}`,
    `  seed     ${file.seed}`,
  ];
  return lines.join('\n');
}

/** One run of many, in one line. */
export const rowOf = ({ folder, verdict: file }: RunResult): string =>
  [paint(colours[file.verdict], verdictOf(file)), `seed ${file.seed}`, file.summary, folder].join(
    ' · ',
  );

/** `invalid (safety)`. */
const verdictOf = ({ verdict, kind, reason }: VerdictFile): string => {
  const why = kind ?? reason;
  return why === undefined ? verdict : `${verdict} (${why})`;
};

const colours = { valid: 'green', invalid: 'red', unknown: 'yellow', error: 'red' } as const;
