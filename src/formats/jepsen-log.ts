/**
 * Jepsen's text log: `INFO  jepsen.util - 3  :invoke  :write  4`, one operation a line, tabs between.
 *
 * A keyword where a value is due (`:timed-out`) is why an operation failed or is unknown. Lines of other loggers are
 * passed over; a line that is neither is bad data.
 */
import { dataError } from '../core/errors.ts';
import type { History } from '../core/history/entry.ts';
import { ednReader } from './edn.ts';
import type { EdnValue } from './edn.ts';
import { entryType, foreignHistory, processId, shown } from './foreign.ts';
import type { Unplaced } from './foreign.ts';

export function readJepsenLog(text: string, source: string): History {
  const entries: Unplaced[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const content = line.trimEnd();
    if (content === '') continue;
    const place = { source, line: index + 1 };
    const words = operationLine.exec(content);
    if (words !== null) entries.push(toEntry(words, place));
    else if (content.includes('jepsen.util - ') || !otherLogger.test(content))
      throw dataError(`${source}:${place.line}: is no line of a Jepsen log: ${shown(content)}`);
  }
  return foreignHistory(entries);
}

/** Whether a line of an unknown file looks like one of these. */
export const isJepsenLogLine = (line: string): boolean => operationLine.test(line.trimEnd());

/** Process, type, function, and all that follows: the value, and perhaps an error. */
const operationLine =
  /^(?:.*\bjepsen\.util - )(-?\d+|:[\w-]+)\s+:(invoke|ok|fail|info)\s+:([^\s:]+)(?:\s+(.+))?$/;

/** A time or a level, then a logger's name and a dash: `WARN jepsen.core - …`. */
const otherLogger = /^(?:.*\s)?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+(?:\[.*\]\s+)?[\w.$-]+ - /;

interface Place {
  readonly source: string;
  readonly line: number;
}

function toEntry(words: RegExpExecArray, { source, line }: Place): Unplaced {
  const [, process, type, f, rest = 'nil'] = words;
  const place = `${source}:${line}`;
  const isName = process!.startsWith(':');
  const reader = ednReader(rest, source, line);
  const isReason = rest.startsWith(':');
  const first = reader.value();
  const second = reader.atEnd() ? undefined : reader.value();
  if (!reader.atEnd())
    throw dataError(`${place}: has more than a value and an error: ${shown(rest)}`);
  const error = isReason ? first : second;
  return {
    process: processId(isName ? process!.slice(1) : Number(process), place),
    type: entryType(type, place),
    f: f!,
    value: isReason ? null : first,
    ...(error === undefined || error === null ? {} : { error: errorText(error) }),
  };
}

const errorText = (error: EdnValue): string =>
  typeof error === 'string' ? error : JSON.stringify(error);
