/**
 * A campaign's `junit.xml`: a test suite for each cell, in it a test case for all that passed and one for each run that did
 * not. What is unknown counts as an error, as in a run's own.
 */
import { verdictWords } from '../gate/judged-run.ts';
import { outcomes } from '../gate/junit.ts';
import { suitesXml, type Case, type Suite } from '../gate/junit-xml.ts';
import type { CampaignSummary, CellSummary } from './summary.ts';
import type { Row } from './row.ts';

/** The whole file; `folder` is the campaign's, as it should be named to people. */
export const campaignJunit = (summary: CampaignSummary, folder: string): string =>
  suitesXml(summary.cells.map((cell) => suiteOf(cell, summary, folder)));

function suiteOf(cell: CellSummary, summary: CampaignSummary, folder: string): Suite {
  const failures = summary.failures.filter((row) => row.cell === cell.name);
  return {
    name: cell.name,
    className: cell.name,
    seconds: cell.cpuSeconds,
    properties: { seed: summary.seed, folder, runs: String(cell.runs) },
    cases: [caseOfAll(cell), ...failures.map(caseOf)],
  };
}

/** A cell of which nothing was made has shown nothing: that is no pass. */
const caseOfAll = ({ runs, planned, valid, cpuSeconds, confidence }: CellSummary): Case => ({
  name: `${valid} of ${runs} runs`,
  seconds: cpuSeconds,
  outcome: runs < planned ? 'error' : 'passed',
  type: 'incomplete',
  message: `${runs} of ${planned} runs were made`,
  text: confidence ?? '',
});

const caseOf = (row: Row): Case => ({
  name: `seed ${row.seed}`,
  seconds: row.wallSeconds,
  outcome: outcomes[row.verdict],
  type: verdictWords(row),
  message: row.summary,
  text: [`repeat: ${row.replay}`, ...(row.folder === undefined ? [] : [row.folder])].join('\n'),
});
