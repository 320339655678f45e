/** A campaign's last lines: what it came to, a row for each cell, the runs that are not valid, and how to go on. */
import { join } from 'node:path';
import { visibleLine } from '../../core/visible-text.ts';
import { campaignFiles } from '../../campaign/campaign-folder.ts';
import type { Row } from '../../campaign/row.ts';
import type { CampaignSummary, CellSummary } from '../../campaign/summary.ts';
import { verdictWords } from '../../gate/judged-run.ts';
import { resumeCommand } from '../../run/replay.ts';
import { verdictColours } from '../closing.ts';
import { paint } from '../paint.ts';
import { table } from '../table.ts';

const failuresShown = 10;

/** All of it. */
export function campaignClosing(summary: CampaignSummary, folder: string): string {
  const { failures, failuresBeyond, complete } = summary;
  const beyond = failures.length - failuresShown + failuresBeyond;
  return [
    `${paint(['bold', verdictColours[summary.verdict]], summary.verdict)}: ${summary.summary}`,
    ...failures.slice(0, failuresShown).map((row) => failureLines(row, folder)),
    ...(beyond > 0 ? [`  and ${beyond} more in ${folder}/${campaignFiles.rows}`] : []),
    table([head, ...summary.cells.map(cellRow)], '  '),
    table(
      [
        [paint('dim', 'seed'), summary.seed],
        [paint('dim', 'results'), folder],
        ...(complete ? [] : [[paint('dim', 'go on'), resumeCommand(folder)]]),
      ],
      '  ',
    ),
  ].join('\n');
}

/** One run that is not valid, on one line, as it is also told when it is made. */
export const failureLine = (row: Row): string =>
  [
    paint(verdictColours[row.verdict], verdictWords(row)),
    row.cell,
    `seed ${row.seed}`,
    ...(row.checker === undefined ? [] : [visibleLine(row.checker)]),
    visibleLine(row.summary),
  ].join(' · ');

const failureLines = (row: Row, folder: string): string =>
  [
    `  ${failureLine(row)}`,
    `    ${row.replay}`,
    ...(row.folder === undefined ? [] : [`    ${join(folder, row.folder)}`]),
  ].join('\n');

const head = ['cell', 'runs', 'valid', 'invalid', 'unknown', 'error', 'CPU s'].map((word) =>
  paint('dim', word),
);

const cellRow = (cell: CellSummary): string[] => [
  cell.name,
  cell.runs === cell.planned ? String(cell.runs) : `${cell.runs} of ${cell.planned}`,
  ...[cell.valid, cell.invalid, cell.unknown, cell.error, Math.round(cell.cpuSeconds)].map(String),
  cell.confidence ?? '',
];
