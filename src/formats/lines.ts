/** The lines of a text that comes in pieces. */
import { dataError, DspError } from '../core/errors.ts';
import { characters } from './characters.ts';
import { scanOf } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { rawOperation } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import type { Pieces } from './pieces.ts';
import { dropLists } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';
import { afterLineEnd, lookAt, noLineEnd } from './looked-at.ts';
import { noRecord, readPlainAt } from './read-plain-record.ts';

/** Takes the line that begins at a place of the bytes that the plain reader looks at: where the next begins, or `notTaken`. */
export type TakesLine = (from: number, line: number) => number;

export const notTaken = -1;

/** Takes plain records that are lines, perhaps with `after` behind them, and that are added. Nothing is left of others. */
export const plainLines =
  (record: PlainRecord, adds: (line: number) => boolean, after?: number): TakesLine =>
  (from, line) => {
    const end = readPlainAt(from, record);
    if (end === noRecord) return notTaken;
    const next = afterLineEnd(end, after);
    if (next !== noLineEnd && adds(line)) return next;
    dropLists(record);
    return notTaken;
  };

/** Takes those of another tool, perhaps with commas behind them. */
export const foreignLines = (builder: HistoryBuilder, record: PlainRecord): TakesLine =>
  plainLines(
    record,
    (line) => {
      builder.addPlain(record, line);
      return true;
    },
    comma,
  );

/**
 * Calls back with each line that has an end, numbered from 1, as a text of its own. Returns what comes after the last end. A
 * line longer than any operation is a `data` error: the file has another form.
 *
 * `takes` is asked first, before anyone looks for the end of a line or makes a text of it. Meanwhile nobody else may use the
 * plain reader.
 */
export function eachLine(
  pieces: Pieces,
  source: string,
  onLine: (scan: Scan) => void,
  takes?: TakesLine,
): { readonly rest: string; readonly line: number } {
  const scan = scanOf('', source);
  let line = 1;
  /** What came after the last end: together only when the line has one, for a long one may come in a thousand pieces. */
  let rest: Buffer[] = [];
  let restBytes = 0;
  const keep = (bytes: Buffer): void => {
    rest.push(Buffer.from(bytes));
    restBytes += bytes.length;
    if (restBytes > bytesMax)
      throw dataError(`${source}:${line}: the line is longer than ${bytesMax} bytes`);
  };
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) {
    if (!value.includes(newline)) {
      keep(value);
      continue;
    }
    const bytes = restBytes === 0 ? value : Buffer.concat([...rest, value]);
    const quickly = takes !== undefined && lookAt(bytes) ? takes : never;
    let from = 0;
    for (; ; line++) {
      const next = quickly(from, line);
      if (next !== notTaken) {
        from = next;
        continue;
      }
      const end = bytes.indexOf(newline, from);
      if (end < 0) break;
      scan.text = bytes.toString('utf8', from, end);
      scan.at = scan.depth = 0;
      scan.line = line;
      onLine(scan);
      from = end + 1;
    }
    [rest, restBytes] = [[], 0];
    keep(bytes.subarray(from));
  }
  return { rest: Buffer.concat(rest).toString(), line };
}

const never: TakesLine = () => notTaken;
const { comma, newline } = characters;
const bytesMax = 2 ** 26;

/**
 * A history with an operation a line. `read` fills in the operation, is false for a line that has none, and throws a `data` error for
 * one that is wrong: it is logged, and the lines after it are read. It need not go to the end of the line. What `takes` a line
 * by itself (see `eachLine`) is asked first.
 */
export function readOperationLines(
  pieces: Pieces,
  builder: HistoryBuilder,
  read: (scan: Scan, operation: RawOperation) => boolean,
  takes?: TakesLine,
): void {
  const operation = rawOperation();
  const readLine = (scan: Scan): void => {
    const { line } = scan;
    try {
      if (!read(scan, operation)) return;
    } catch (thrown) {
      if (!(thrown instanceof DspError)) throw thrown;
      builder.log.unreadable(thrown);
      return;
    }
    builder.addRaw(operation, line);
  };
  const { rest, line } = eachLine(pieces, builder.source, readLine, takes);
  readLine(scanOf(rest, builder.source, line));
}
