/**
 * Jepsen's text log: `INFO  jepsen.util - 3  :invoke  :write  4`, one operation a line, tabs between. Since 2018 it has a colon in
 * place of the dash: `2026-01-01 12:00:00,001{GMT} INFO [jepsen worker 3] jepsen.util: 3 …`.
 *
 * A keyword where a value is due (`:timed-out`) is why an operation failed or is unknown; of others it is the value. Lines of other loggers are
 * passed over, and what follows them without looking like an operation, for results and stack traces take many lines. Any other
 * line is bad data.
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
  let isOfOther = false;
  readOperationLines(pieces, builder, ({ text, line }, operation) => {
    const content = text.trimEnd();
    if (content === '') return false;
    const words = operationLine.exec(content);
    if (words === null) {
      isOfOther &&= !aLogger.test(content) && !anOperation.test(content);
      isOfOther ||= otherLogger.test(content);
      if (!isOfOther) throw at(source, line, `is no line of a Jepsen log: ${shown(content)}`);
      return false;
    }
    isOfOther = false;
    toOperation(words, operation, source, line);
    return true;
  });
}

/** Whether a line of an unknown file looks like one of these. */
export const isJepsenLogLine = (line: string): boolean => operationLine.test(line.trimEnd());

/** Process, type, function, and all that follows: the value, and perhaps an error. */
const operationLine =
  /^(?:.*?\bjepsen\.util(?: -|:) )(-?\d+|:[\w-]+)\s+:(invoke|ok|fail|info)\s+:([^\s:]+)(?:\s+(.+))?$/s;

/** A time or a level, then a logger's name: `WARN jepsen.core - …`, `INFO [main] jepsen.core: …`. */
const aLogger =
  /^(?:.*\s)?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+(?:\[[^\]]*\]\s+)?[\w.$-]+(?: -|:) /;

/** One that does not log operations. */
const otherLogger = new RegExp(`${aLogger.source}(?<!\\bjepsen\\.util(?: -|:) )`);

/** What an operation looks like, wherever in a line. */
const anOperation = /:(?:invoke|ok|fail|info)\s+:/;

function toOperation(
  words: RegExpExecArray,
  operation: RawOperation,
  source: string,
  line: number,
): void {
  const [, process, type, f, rest = 'nil'] = words;
  const scan = scanOf(rest, source, line);
  const isReason = rest.startsWith(':') && (type === 'fail' || type === 'info');
  const first = readValue(scan);
  const second = atEnd(scan) ? undefined : readValue(scan);
  if (!atEnd(scan)) throw at(source, line, `has more than a value and an error: ${shown(rest)}`);
  operation.process = process!.startsWith(':') ? process : Number(process);
  operation.type = type;
  operation.f = f;
  operation.value = isReason ? null : first;
  operation.error = isReason ? first : second;
}
