/**
 * Histories in EDN, as Jepsen, Knossos and Elle keep them: one vector or list of maps, or a map a line.
 *
 * `:type`, `:process`, `:f`, `:value`, `:key` and `:error` are read; `:index` and `:time` are not, for the order of the
 * file says the same. Transactions without an `:f` are given `txn`; entries without a `:process` belong to one client.
 */
import { DspError } from '../core/errors.ts';
import { atEnd, skipSpace, take } from './edn.ts';
import { readEdnOperation, skipTags } from './edn-operation.ts';
import type { Scan } from './edn-tokens.ts';
import { at, rawOperation } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { foreignLines } from './lines.ts';
import { plainRecord } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';
import type { Pieces } from './pieces.ts';
import { textWindow } from './window.ts';
import type { TextWindow } from './window.ts';
import { readPlainRecord } from './read-plain-record.ts';

export function readEdnHistory(pieces: Pieces, builder: HistoryBuilder): void {
  const window = textWindow(pieces, builder.source);
  const close = window.read((scan) => (take(scan, '[') ? ']' : take(scan, '(') ? ')' : undefined));
  const opened = window.scan.line;
  const operation = rawOperation();
  const record = plainRecord('edn', builder.words, builder.lists);
  const takes = foreignLines(builder, record);
  let line = 0;
  const skipGap = (scan: Scan): void => {
    skipSpace(scan);
    line = scan.line;
    // A hash with nothing behind it yet may begin a discard.
    if (scan.at === scan.text.length - 1) skipTags(scan);
  };
  const next = (scan: Scan): RawOperation | PlainRecord | undefined => {
    line = scan.line;
    if (close === undefined ? scan.at >= scan.text.length : take(scan, close)) return undefined;
    if (scan.at >= scan.text.length)
      throw at(builder.source, line, `the ${close} for line ${opened} is missing`);
    skipTags(scan);
    if (readPlainRecord(scan, record)) return record;
    readEdnOperation(scan, operation);
    return operation;
  };
  for (;;) {
    window.takeLines(takes);
    let read: RawOperation | PlainRecord | undefined;
    try {
      window.read(skipGap);
      read = window.read(next);
      if (read === undefined) break;
    } catch (thrown) {
      if (!skipBroken(window, builder, line, thrown)) return;
      continue;
    }
    if (read === record) builder.addPlain(record, line);
    else builder.addRaw(operation, line);
  }
  if (!window.read(atEnd))
    builder.log.unreadable(
      at(builder.source, window.scan.line, 'there is more after the end of the history'),
    );
}

/** Goes on to the next line that may begin an operation; false when nothing comes after it. */
function skipBroken(
  window: TextWindow,
  { log, source }: HistoryBuilder,
  line: number,
  thrown: unknown,
): boolean {
  if (!(thrown instanceof DspError)) throw thrown;
  const isHere = thrown.message.startsWith(`${source}:${line}:`);
  log.unreadable(isHere ? thrown : at(source, line, `no end of it is found: ${thrown.message}`));
  window.skipToLine(operationBegins);
  return window.scan.at < window.scan.text.length;
}

const operationBegins = /[ \t,]*(?:\{|#[a-zA-Z])/y;
