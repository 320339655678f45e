/** A run as a terminal says it: in its last lines when it is over, and at length when it is asked for. */
import type { styleText } from 'node:util';
import { visibleLine } from '../core/visible-text.ts';
import type { CheckResult, Finding } from '../core/verdict.ts';
import { describeVerdict } from '../core/verdict.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { verdictWords } from './judged-run.ts';
import type { JudgedRun } from './judged-run.ts';

/** Puts text in a style, or leaves it as it is where there is no colour. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export const plain: Paint = (_, text) => text;

const colours = { valid: 'green', invalid: 'red', unknown: 'yellow', error: 'magenta' } as const;

/** Verdict, what was found in one sentence, seed, folder, and the commands to go on with. */
export function closingText({ folder, verdict }: JudgedRun, paint: Paint): string {
  const words = paint(['bold', colours[verdict.verdict]], verdictWords(verdict));
  return [
    `${words}: ${visibleLine(verdict.summary)}`,
    ...failureLines(verdict, paint),
    field('seed', verdict.seed, paint),
    field('results', folder, paint),
    field('repeat', verdict.replay, paint),
    field('judge again', verdict.recheck, paint),
  ].join('\n');
}

/** What `dsp show` prints: the closing lines, then every checker with its findings and figures. */
export function showText(run: JudgedRun, paint: Paint): string {
  const { plan, verdict } = run;
  const { counts } = verdict;
  const nemeses = plan.nemeses.join(', ') || 'none';
  return [
    closingText(run, paint),
    '',
    field('system', `${plan.system}, ${plan.nodes} nodes, runtime ${plan.runtime}`, paint),
    field('workload', `${plan.workload}, ${plan.concurrency} clients`, paint),
    field('nemesis', nemeses, paint),
    ...(plan.bugs.length === 0 ? [] : [field('bugs', plan.bugs.join(', '), paint)]),
    field(
      'operations',
      `${counts.operations}: ${counts.ok} ok, ${counts.fail} fail, ${counts.info} info`,
      paint,
    ),
    field(
      'faults',
      `${counts.faultsInstalled} installed, ${counts.faultsSkipped} skipped, ${counts.faultsIndeterminate} indeterminate`,
      paint,
    ),
    field(
      'versions',
      Object.entries(verdict.versions)
        .map((each) => each.join(' '))
        .join(', '),
      paint,
    ),
    '',
    ...verdict.checks.flatMap((check) => checkLines(check, paint)),
  ].join('\n');
}

function failureLines(
  { verdict, error, errorHint, interrupted, summary }: VerdictFile,
  paint: Paint,
): string[] {
  return [
    ...(interrupted
      ? [paint('yellow', 'interrupted before its time; what there was has been judged')]
      : []),
    ...(error === undefined || error === summary
      ? []
      : [`${verdict === 'error' ? '' : 'error: '}${visibleLine(error)}`]),
    ...(errorHint === undefined ? [] : [paint('dim', visibleLine(errorHint))]),
  ];
}

const field = (name: string, value: string, paint: Paint): string =>
  `  ${paint('dim', name.padEnd(12))} ${visibleLine(value)}`;

const signs = { valid: '✓', invalid: '✗', unknown: '?' } as const;
const findingsMax = 20;

function checkLines(
  { checker, verdict, summary, findings, figures }: CheckResult,
  paint: Paint,
): string[] {
  const colour = colours[verdict.verdict];
  const numbers = Object.entries(figures ?? {}).map(([name, value]) => `${name} ${value}`);
  const more = findings.length - findingsMax;
  return [
    `${paint(colour, signs[verdict.verdict])} ${paint('bold', visibleLine(checker))}: ${describeVerdict(verdict)}`,
    `    ${visibleLine(summary)}`,
    ...(numbers.length === 0 ? [] : [`    ${paint('dim', visibleLine(numbers.join(' · ')))}`]),
    ...findings.slice(0, findingsMax).map((finding) => findingLine(finding, paint)),
    ...(more > 0 ? [`    and ${more} more findings in verdict.json`] : []),
  ];
}

const findingLine = ({ type, kind, summary, entries }: Finding, paint: Paint): string => {
  // The header is the first line of the file, so entry 0 is on line 2.
  const lines = entries
    .slice(0, 6)
    .map((entry) => entry + 2)
    .join(', ');
  const where =
    lines === ''
      ? ''
      : paint('dim', ` (history.jsonl, line ${lines}${entries.length > 6 ? ', …' : ''})`);
  return `    ${paint(kind === 'note' ? 'dim' : 'red', visibleLine(type))}: ${visibleLine(summary)}${where}`;
};
