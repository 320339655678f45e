/**
 * `rows.jsonl`: a row for each run that was made, a line each, appended as it comes; all that a campaign has to remember.
 *
 * A controller that is killed may leave its last line cut off. Whoever goes on drops it from the file first, for a row that were
 * written behind it would be lost with it; that run is then made again.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { dataError, environmentError, messageOf } from '../core/errors.ts';
import { runKey } from './campaign.ts';
import { campaignFiles } from './campaign-folder.ts';
import type { Row } from './row.ts';

export interface RowFile {
  /** Those that were there. */
  readonly earlier: readonly Row[];
  append(row: Row): void;
}

/** Opens the rows of the campaign in `folder`, which may have none yet. Throws a data error that names a bad line. */
export function openRowFile(folder: string): RowFile {
  const path = join(folder, campaignFiles.rows);
  const earlier = existsSync(path) ? wholeRows(path) : [];
  return {
    earlier,
    append(row) {
      try {
        appendFileSync(path, `${JSON.stringify(row)}\n`);
      } catch (cause) {
        throw environmentError(
          `${path} cannot be written: ${messageOf(cause)}`,
          'is the disk full?',
          cause,
        );
      }
    },
  };
}

/** Two controllers at one campaign would leave a run twice: its first row counts. */
function wholeRows(path: string): Row[] {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
  const rows = new Map<string, Row>();
  for (const [at, line] of lines.entries()) {
    const row = rowFrom(line, `${path}:${at + 1}`);
    const key = runKey(row.cell, row.seed);
    if (!rows.has(key)) rows.set(key, row);
  }
  return [...rows.values()];
}

function rowFrom(line: string, place: string): Row {
  try {
    const row = JSON.parse(line) as Partial<Row>;
    if (typeof row.cell === 'string' && typeof row.seed === 'string' && row.verdict !== undefined)
      return row as Row;
  } catch {
    // Told below.
  }
  throw dataError(`${place} is not a row of a campaign`);
}
