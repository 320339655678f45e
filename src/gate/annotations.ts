/**
 * Annotations for GitHub Actions: workflow commands on standard output, one line each.
 *
 * Whatever does not pass the gate is an `error`, unknown verdicts too, for the job fails by them. A line of a node's must
 * never become a command of its own: text is put on one line, and the signs that end a message or a property are encoded.
 */
import { shortened, visibleLine } from '../core/visible-text.ts';
import { runName, verdictWords } from './judged-run.ts';
import type { JudgedRun } from './judged-run.ts';

/** GitHub shows no more than ten of a kind for one step. */
const annotationsMax = 10;
const lengthMax = 2000;

/** One line for a run without findings; for others a line for each finding, the gravest first. */
export function annotations({ folder, plan, verdict }: JudgedRun): string[] {
  const title = `dsp: ${verdictWords(verdict)}: ${runName(plan)}`;
  const where = `(seed ${verdict.seed}, ${folder}; repeat: ${verdict.replay})`;
  if (verdict.verdict === 'valid') return [command('notice', title, `${verdict.summary} ${where}`)];
  const grave = verdict.findings.filter((finding) => finding.kind !== 'note');
  if (grave.length === 0)
    return [command('error', title, `${verdict.error ?? verdict.summary} ${where}`)];
  const shown = grave.length <= annotationsMax ? grave : grave.slice(0, annotationsMax - 1);
  const more = grave.length - shown.length;
  return [
    ...shown.map(({ type, summary }) => command('error', title, `${type}: ${summary} ${where}`)),
    ...(more > 0 ? [command('error', title, `${more} more findings ${where}`)] : []),
  ];
}

/** One command, whatever the texts are. */
export const command = (level: 'error' | 'notice', title: string, message: string): string =>
  `::${level} title=${property(title)}::${data(message)}`;

const data = (text: string): string =>
  shortened(visibleLine(text), lengthMax).replaceAll('%', '%25');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
