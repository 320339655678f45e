/** Porcupine's key-value logs: an EDN map a line, `:f` get, put or append, each on a `:key`. */
import { nearestHint } from '../core/nearest.ts';
import { atEnd } from './edn.ts';
import { readEdnOperation } from './edn-operation.ts';
import { scanOf } from './edn-tokens.ts';
import { at, shown } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { readOperationLines } from './lines.ts';
import type { Pieces } from './pieces.ts';

const functions: readonly unknown[] = ['get', 'put', 'append'];

export function readPorcupineKv(pieces: Pieces, builder: HistoryBuilder): void {
  const { source } = builder;
  readOperationLines(pieces, builder, (text, line, operation) => {
    const scan = scanOf(text, source, line);
    if (atEnd(scan)) return false;
    readEdnOperation(scan, operation);
    if (!atEnd(scan)) throw at(source, line, 'there is more after the map of the operation');
    const { key, f } = operation;
    if (key === undefined) throw at(source, line, 'has no :key');
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
