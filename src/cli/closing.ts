/** What is said when several runs are over: a row of each, how often they ended how, and how far that can be trusted. */
import { confidenceSentence } from '../core/confidence.ts';
import { visibleLine } from '../core/visible-text.ts';
import { verdictWords } from '../gate/judged-run.ts';
import type { RunResult } from '../run/run.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { paint } from './paint.ts';

/** How many runs ended with each verdict. */
export type Tally = ReadonlyMap<VerdictFile['verdict'], number>;

/** `50 runs: 49 valid, 1 invalid`; for valid ones alone, what they say of the rate of failure. */
export function tallyLine(tally: Tally): string {
  const runs = [...tally.values()].reduce((sum, each) => sum + each, 0);
  const each = [...tally].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  const counted = `${runs} ${runs === 1 ? 'run' : 'runs'}: ${each}`;
  return tally.get('valid') === runs ? `${counted}; ${confidenceSentence(runs)}` : counted;
}

/** One run of many, in one line; a valid one needs no reasons. */
export function runRow({ folder, verdict: file }: RunResult): string {
  const words = paint(verdictColours[file.verdict], verdictWords(file));
  const why = file.verdict === 'valid' ? [] : [visibleLine(file.summary)];
  return [words, `seed ${file.seed}`, ...why, folder].join(' · ');
}

/** Of a verdict's word in the terminal. */
export const verdictColours = {
  valid: 'green',
  invalid: 'red',
  unknown: 'yellow',
  error: 'magenta',
} as const;
