/** The lines of a text that comes in pieces. */
import { dataError, DspError } from '../core/errors.ts';
import { rawOperation } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import type { Pieces } from './pieces.ts';

/**
 * Calls back with each line that has an end, numbered from 1, and returns what comes after the last end. A line longer
 * than any operation is a `data` error: the file has another form.
 */
export function eachLine(
  pieces: Pieces,
  source: string,
  onLine: (text: string, line: number) => void,
): { readonly rest: string; readonly line: number } {
  let line = 0;
  let rest = '';
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) {
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    for (const each of lines) onLine(each, ++line);
    if (rest.length > charactersMax)
      throw dataError(`${source}:${line + 1}: the line is longer than ${charactersMax} characters`);
  }
  return { rest, line: line + 1 };
}

/**
 * A history with an operation a line. `read` fills in the operation, is false for a line that has none, and throws a `data` error for
 * one that is wrong: it is logged, and the lines after it are read.
 */
export function readOperationLines(
  pieces: Pieces,
  builder: HistoryBuilder,
  read: (text: string, line: number, operation: RawOperation) => boolean,
): void {
  const operation = rawOperation();
  const readLine = (text: string, line: number): void => {
    try {
      if (!read(text, line, operation)) return;
    } catch (thrown) {
      if (!(thrown instanceof DspError)) throw thrown;
      builder.log.unreadable(thrown);
      return;
    }
    builder.addRaw(operation, line);
  };
  const { rest, line } = eachLine(pieces, builder.source, readLine);
  readLine(rest, line);
}

const charactersMax = 2 ** 26;
