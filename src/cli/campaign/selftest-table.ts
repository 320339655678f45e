/** A selftest's table: each bug under each nemesis, each right system under each nemesis, and what all of it comes to. */
import type { HuntResult } from '../../campaign/hunt.ts';
import type { SelftestSummary } from '../../campaign/run-selftest.ts';
import type { CellSummary } from '../../campaign/summary.ts';
import { paint } from '../paint.ts';
import { table } from '../table.ts';
import { failureLine } from './closing.ts';

/** All of it; the last line says whether it passed. */
export function selftestTable(selftest: SelftestSummary): string {
  const { hunts, leftOut, right, summary } = selftest;
  const missed = hunts.filter(({ found }) => !found);
  const caught = new Set(hunts.filter(({ found }) => found).map(({ bug }) => bug));
  return [
    table([
      head('bug', 'under', 'found', 'by', 'runs', 'CPU s'),
      ...hunts.map((each) => huntRow(each, caught.has(each.bug))),
      ...leftOut.map(({ bug, why }) => [bug, '', paint('yellow', 'left out'), why]),
    ]),
    ...missed.filter(({ foundOtherwise }) => foundOtherwise.length > 0).map(otherwise),
    ...(right === undefined ? [] : ['', rightTable(right.cells)]),
    ...(right?.failures ?? []).map((row) => `${failureLine(row)}\n  ${row.replay}`),
    '',
    `${outcome(selftest)}: ${summary}`,
  ].join('\n');
}

const outcome = ({ passed, complete }: SelftestSummary): string => {
  if (!complete) return paint(['bold', 'yellow'], 'not finished');
  return passed ? paint(['bold', 'green'], 'passed') : paint(['bold', 'red'], 'failed');
};

const head = (...words: readonly string[]): string[] => words.map((word) => paint('dim', word));

/** A bug that was caught under another nemesis is not missed. */
const huntRow = (
  { bug, nemesis, found, as, runs, cpuSeconds, errors }: HuntResult,
  isCaught: boolean,
): string[] => [
  bug,
  nemesis,
  found ? paint('green', 'yes') : paint(isCaught ? 'yellow' : 'red', 'no'),
  [as.join(', '), errors === 0 ? '' : `${errors} errors`].filter(Boolean).join('; '),
  String(runs),
  cpuSeconds.toFixed(1),
];

const otherwise = ({ bug, nemesis, foundOtherwise }: HuntResult): string =>
  `${bug} under ${nemesis} was found as ${foundOtherwise.join(', ')}, which it is not known by`;

const rightTable = (cells: readonly CellSummary[]): string =>
  table([
    head('right system', 'runs', 'valid', 'invalid', 'unknown', 'error', 'CPU s'),
    ...cells.map(({ name, confidence, cpuSeconds, ...counts }) => [
      name,
      ...[counts.runs, counts.valid, counts.invalid, counts.unknown, counts.error].map(String),
      cpuSeconds.toFixed(1),
      confidence ?? '',
    ]),
  ]);
