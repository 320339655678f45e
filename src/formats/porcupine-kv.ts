/** Porcupine's key-value logs: an EDN map a line, `:f` get, put or append, each on a `:key`. */
import { DspError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';
import { atEnd } from './edn.ts';
import { readEdnOperation } from './edn-operation.ts';
import { scanOf } from './edn-tokens.ts';
import { at, rawOperation, shown } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { eachLine } from './lines.ts';
import type { Pieces } from './pieces.ts';

const functions: readonly unknown[] = ['get', 'put', 'append'];

export function readPorcupineKv(pieces: Pieces, builder: HistoryBuilder): void {
  const { source, log } = builder;
  const operation = rawOperation();
  const readLine = (text: string, line: number): void => {
    try {
      const scan = scanOf(text, source, line);
      if (atEnd(scan)) return;
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
    } catch (thrown) {
      if (!(thrown instanceof DspError)) throw thrown;
      log.unreadable(thrown);
      return;
    }
    builder.addRaw(operation, line);
  };
  const { rest, line } = eachLine(pieces, source, readLine);
  readLine(rest, line);
}
