/** `summary.md`: a run on one screen, for the summary of a job in continuous integration or a comment on a change. */
import { shortened } from '../core/visible-text.ts';
import { describeVerdict } from '../core/verdict.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { runName, verdictWords } from './judged-run.ts';
import type { JudgedRun } from './judged-run.ts';
import { codeBlock, markdownTable, markdownText } from './markdown.ts';

const findingsMax = 10;
/** Before a verdict, where colours are not. */
export const signs = { valid: '✅', invalid: '❌', unknown: '❔', error: '⚠️' } as const;

/** The whole file. */
export function summaryMarkdown({ folder, plan, verdict }: JudgedRun): string {
  const title = `${signs[verdict.verdict]} ${verdictWords(verdict)}: ${runName(plan)}`;
  return [
    `## ${markdownText(title)}`,
    markdownText(verdict.summary),
    ...failure(verdict),
    ...findings(verdict),
    markdownTable(
      ['run', ''],
      [
        ['seed', verdict.seed],
        ['cluster', `${plan.nodes} nodes, ${plan.concurrency} clients, ${plan.runtime}`],
        ['operations', operations(verdict)],
        ['faults', faults(verdict)],
        ['bugs planted', plan.bugs.join(', ') || 'none'],
        ['results', folder],
      ],
    ),
    checks(verdict),
    'Repeat the run, or judge it again:',
    codeBlock(`${verdict.replay}\n${verdict.recheck}`, 'sh'),
    '',
  ].join('\n\n');
}

const failure = ({ error, errorHint, interrupted }: VerdictFile): string[] => [
  ...(interrupted ? ['The run was interrupted; what there was has been judged.'] : []),
  ...(error === undefined ? [] : [codeBlock([error, errorHint ?? ''].join('\n').trim())]),
];

function findings({ findings: all }: VerdictFile): string[] {
  if (all.length === 0) return [];
  const items = all
    .slice(0, findingsMax)
    .map(({ type, kind, summary }) => `- **${markdownText(type)}** (${kind}): ${line(summary)}`);
  const more = all.length - items.length;
  return [[...items, ...(more > 0 ? [`- and ${more} more in the report`] : [])].join('\n')];
}

const line = (text: string): string => markdownText(shortened(text, 400));

const checks = ({ checks: all }: VerdictFile): string =>
  all.length === 0
    ? 'No checker ran.'
    : markdownTable(
        ['checker', 'verdict', 'why'],
        all.map(({ checker, verdict, summary }) => [
          checker,
          describeVerdict(verdict),
          shortened(summary, 400),
        ]),
      );

const operations = ({ counts }: VerdictFile): string =>
  `${counts.operations}: ${counts.ok} ok, ${counts.fail} fail, ${counts.info} info`;

const faults = ({ counts }: VerdictFile): string =>
  `${counts.faultsInstalled} installed, ${counts.faultsSkipped} skipped, ${counts.faultsIndeterminate} indeterminate`;
