/** The lines of a text that comes in pieces. */
import { dataError, DspError } from '../core/errors.ts';
import { scanOf } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { rawOperation } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import type { Pieces } from './pieces.ts';

/**
 * Calls back with each line that has an end, numbered from 1: where it begins, and where it ends in the same text. Returns
 * what comes after the last end. A line longer than any operation is a `data` error: the file has another form.
 */
export function eachLine(
  pieces: Pieces,
  source: string,
  onLine: (scan: Scan, end: number) => void,
): { readonly rest: string; readonly line: number } {
  const scan = scanOf('', source);
  let line = 0;
  let rest = '';
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) {
    const text = rest + value;
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      scan.text = text;
      scan.at = from;
      scan.line = ++line;
      from = end + 1;
      onLine(scan, end);
    }
    rest = text.slice(from);
    if (rest.length > charactersMax)
      throw dataError(`${source}:${line + 1}: the line is longer than ${charactersMax} characters`);
  }
  return { rest, line: line + 1 };
}

/**
 * A history with an operation a line. `read` fills in the operation, is false for a line that has none, and throws a `data` error for
 * one that is wrong: it is logged, and the lines after it are read. It need not go to the end of the line.
 */
export function readOperationLines(
  pieces: Pieces,
  builder: HistoryBuilder,
  read: (scan: Scan, end: number, operation: RawOperation) => boolean,
): void {
  const operation = rawOperation();
  const readLine = (scan: Scan, end: number): void => {
    const { line } = scan;
    try {
      if (!read(scan, end, operation)) return;
    } catch (thrown) {
      if (!(thrown instanceof DspError)) throw thrown;
      builder.log.unreadable(thrown);
      return;
    }
    builder.addRaw(operation, line);
  };
  const { rest, line } = eachLine(pieces, builder.source, readLine);
  readLine(scanOf(rest, builder.source, line), rest.length);
}

const charactersMax = 2 ** 26;
