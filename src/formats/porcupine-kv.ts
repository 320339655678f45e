/** Porcupine's key-value logs: an EDN map a line, `:f` get, put or append, each on a `:key`. */
import { nearestHint } from '../core/nearest.ts';
import { atEnd } from './edn.ts';
import { readUnplainOperation } from './edn-operation.ts';
import { scanOf } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { at, shown } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { readOperationLines } from './lines.ts';
import type { Pieces } from './pieces.ts';
import { readPlainRecord } from './plain-record.ts';

const functions: readonly unknown[] = ['get', 'put', 'append'];

export function readPorcupineKv(pieces: Pieces, builder: HistoryBuilder): void {
  const { source } = builder;
  readOperationLines(pieces, builder, (scan, end, operation) => {
    const { line } = scan;
    if (!readPlainLine(scan, end, operation) && !readLine(scan, end, operation)) return false;
    const { key, f } = operation;
    if (key === undefined || key === null) throw at(source, line, 'has no :key');
    if (!functions.includes(f))
      throw at(
        source,
        line,
        `${typeof f === 'string' ? f : shown(f)} is not a function of a key-value log`,
        nearestHint(String(f), functions as readonly string[]),
      );
    return true;
  });
}

const readPlainLine = (scan: Scan, end: number, operation: RawOperation): boolean => {
  const { at: from } = scan;
  if (readPlainRecord(scan, 'edn', operation) && endsAt(scan, end)) return true;
  scan.at = from;
  return false;
};

const endsAt = ({ text, at }: Scan, end: number): boolean =>
  at === end || (at === end - 1 && text.charCodeAt(at) === 13);

/** False for a line with nothing on it. */
function readLine({ text, at: from, source, line }: Scan, end: number, operation: RawOperation) {
  const scan = scanOf(text.slice(from, end), source, line);
  if (atEnd(scan)) return false;
  readUnplainOperation(scan, operation);
  if (!atEnd(scan)) throw at(source, line, 'there is more after the map of the operation');
  return true;
}
