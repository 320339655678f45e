/**
 * Jepsen's text log: `INFO  jepsen.util - 3  :invoke  :write  4`, one operation a line, tabs between.
 *
 * A keyword where a value is due (`:timed-out`) is why an operation failed or is unknown. Lines of other loggers are
 * passed over; a line that is neither is bad data.
 */
import { atEnd, readValue } from './edn.ts';
import { scanOf } from './edn-tokens.ts';
import { at, shown } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { readOperationLines } from './lines.ts';
import type { Pieces } from './pieces.ts';

export function readJepsenLog(pieces: Pieces, builder: HistoryBuilder): void {
  const { source } = builder;
  readOperationLines(pieces, builder, (text, line, operation) => {
    const content = text.trimEnd();
    if (content === '') return false;
    const words = operationLine.exec(content);
    if (words === null) {
      if (content.includes('jepsen.util - ') || !otherLogger.test(content))
        throw at(source, line, `is no line of a Jepsen log: ${shown(content)}`);
      return false;
    }
    toOperation(words, operation, source, line);
    return true;
  });
}

/** Whether a line of an unknown file looks like one of these. */
export const isJepsenLogLine = (line: string): boolean => operationLine.test(line.trimEnd());

/** Process, type, function, and all that follows: the value, and perhaps an error. */
const operationLine =
  /^(?:.*\bjepsen\.util - )(-?\d+|:[\w-]+)\s+:(invoke|ok|fail|info)\s+:([^\s:]+)(?:\s+(.+))?$/;

/** A time or a level, then a logger's name and a dash: `WARN jepsen.core - …`. */
const otherLogger = /^(?:.*\s)?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+(?:\[.*\]\s+)?[\w.$-]+ - /;

function toOperation(
  words: RegExpExecArray,
  operation: RawOperation,
  source: string,
  line: number,
): void {
  const [, process, type, f, rest = 'nil'] = words;
  const scan = scanOf(rest, source, line);
  const isReason = rest.startsWith(':');
  const first = readValue(scan);
  const second = atEnd(scan) ? undefined : readValue(scan);
  if (!atEnd(scan)) throw at(source, line, `has more than a value and an error: ${shown(rest)}`);
  operation.process = process!.startsWith(':') ? process : Number(process);
  operation.type = type;
  operation.f = f;
  operation.value = isReason ? null : first;
  operation.error = isReason ? first : second;
}
