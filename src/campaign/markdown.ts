/** A campaign's `summary.md`: what it came to on one screen, then every run that is not valid with the command that makes it again. */
import { shortened } from '../core/visible-text.ts';
import { verdictWords } from '../gate/judged-run.ts';
import { codeBlock, markdownTable, markdownText } from '../gate/markdown.ts';
import { signs } from '../gate/summary.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignSummary } from './summary.ts';

/** The whole file; `folder` is the campaign's, as it should be named to people. */
export function campaignMarkdown(
  { seeds, shard }: Campaign,
  summary: CampaignSummary,
  folder: string,
): string {
  const title = `${signs[summary.verdict]} ${summary.verdict}: campaign of ${summary.planned} runs`;
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.of}`;
  return [
    `## ${markdownText(title)}`,
    markdownText(summary.summary),
    `${seeds.count} seeds from ${markdownText(seeds.first)} on${part}; ${markdownText(folder)}`,
    cells(summary),
    ...failures(summary),
    '',
  ].join('\n\n');
}

const cells = (summary: CampaignSummary): string =>
  markdownTable(
    ['cell', 'runs', 'valid', 'invalid', 'unknown', 'error', 'CPU seconds', 'what it is worth'],
    summary.cells.map((cell) => [
      cell.name,
      cell.runs === cell.planned ? `${cell.runs}` : `${cell.runs} of ${cell.planned}`,
      ...[cell.valid, cell.invalid, cell.unknown, cell.error, Math.round(cell.cpuSeconds)].map(
        String,
      ),
      cell.confidence ?? '',
    ]),
  );

function failures({ failures: all, failuresBeyond }: CampaignSummary): string[] {
  if (all.length === 0) return [];
  const rows = all.map((row) => [
    row.cell,
    row.seed,
    verdictWords(row),
    row.checker ?? '',
    shortened(row.summary, 200),
    row.folder ?? '',
  ]);
  const beyond = failuresBeyond === 0 ? [] : [`And ${failuresBeyond} more in rows\\.jsonl.`];
  return [
    markdownTable(['cell', 'seed', 'verdict', 'checker', 'why', 'folder'], rows),
    ...beyond,
    'Repeat them:',
    codeBlock(all.map(({ replay }) => replay).join('\n'), 'sh'),
  ];
}
