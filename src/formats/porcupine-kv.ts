/** Porcupine's key-value logs: an EDN map a line, `:f` get, put or append, each on a `:key`. */
import { nearestHint } from '../core/nearest.ts';
import { atEnd } from './edn.ts';
import { readEdnOperation } from './edn-operation.ts';
import type { Scan } from './edn-tokens.ts';
import { at, shown } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { plainLines, readOperationLines } from './lines.ts';
import type { Pieces } from './pieces.ts';
import { fields, hasField, plainRecord } from './plain-record.ts';

const functions: readonly unknown[] = ['get', 'put', 'append'];

export function readPorcupineKv(pieces: Pieces, builder: HistoryBuilder): void {
  const { source } = builder;
  const read = (scan: Scan, operation: RawOperation): boolean => {
    const { line } = scan;
    if (atEnd(scan)) return false;
    readEdnOperation(scan, operation);
    if (!atEnd(scan)) throw at(source, line, 'there is more after the map of the operation');
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
  };
  const record = plainRecord('edn', builder.words, builder.lists);
  /** Functions that are known have been found right before. */
  const takes = plainLines(
    record,
    (line) => hasField(record, fields.key) && builder.takes(record, line),
  );
  readOperationLines(pieces, builder, read, takes);
}
