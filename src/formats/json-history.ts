/**
 * Histories in JSON, as elle-cli takes them: one array of objects, or one object after the other, most often a line
 * each. The fields are those of Jepsen's operations; see `edn-history.ts`.
 */
import { DspError } from '../core/errors.ts';
import { comparedFields, isTooDeep, parseExactly } from './exact-json.ts';
import { isSpace } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { at, shown } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import type { Pieces } from './pieces.ts';
import { foreignLines } from './lines.ts';
import { plainRecord } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';
import { textWindow } from './window.ts';
import { readPlainRecord } from './read-plain-record.ts';

/** Commas are skipped as space is. */
export function readJsonHistory(pieces: Pieces, builder: HistoryBuilder): void {
  const { source } = builder;
  const window = textWindow(pieces, source);
  const isArray = window.read((scan) => take(scan, '['));
  const opened = window.scan.line;
  const record = plainRecord('json', builder.words, builder.lists);
  const takes = foreignLines(builder, record);
  const newline: LineEnd = { text: '', at: -1 };
  let line = 0;
  const next = (scan: Scan): RawOperation | PlainRecord | undefined => {
    line = scan.line;
    if (isArray ? take(scan, ']') : scan.at >= scan.text.length) return undefined;
    if (scan.at >= scan.text.length) throw at(source, line, `the ] for line ${opened} is missing`);
    if (readPlainRecord(scan, record)) return record;
    return readObject(scan, newline);
  };
  for (;;) {
    window.takeLines(takes);
    let operation: RawOperation | PlainRecord | undefined;
    try {
      window.read(skipSpace);
      operation = window.read(next);
    } catch (thrown) {
      if (!(thrown instanceof DspError)) throw thrown;
      builder.log.unreadable(thrown);
      window.skipToLine(objectBegins);
      if (window.scan.at >= window.scan.text.length) return;
      continue;
    }
    if (operation === undefined) break;
    if (operation === record) builder.addPlain(record, line);
    else builder.addRaw(operation as RawOperation, line);
  }
  if (!window.read(atEnd))
    builder.log.unreadable(
      at(source, window.scan.line, 'there is more after the end of the history'),
    );
}

function skipSpace(scan: Scan): void {
  for (; scan.at < scan.text.length; scan.at++) {
    const code = scan.text.charCodeAt(scan.at);
    if (!isSpace(code)) return;
    if (code === 10) scan.line++;
  }
}

function take(scan: Scan, character: string): boolean {
  skipSpace(scan);
  if (scan.text[scan.at] !== character) return false;
  scan.at++;
  return true;
}

const atEnd = (scan: Scan): boolean => (skipSpace(scan), scan.at >= scan.text.length);

const objectBegins = /[ \t,]*\{/y;

function readObject(scan: Scan, newline: LineEnd): RawOperation {
  const { text, at: from, line, source } = scan;
  if (text.charCodeAt(from) !== 123)
    throw at(
      source,
      line,
      `is ${shown(restOfLine(text, from))} where the object of an operation is due`,
    );
  const whole = readWholeLine(scan, newline);
  if (whole !== undefined) return whole;
  skipObject(scan);
  return parseOperation(text.slice(from, scan.at), source, line);
}

/**
 * An object that is a line by itself, or with a comma after it, as almost all are: then nobody need look for where it
 * ends. What is no JSON in this way is looked at more closely.
 */
function readWholeLine(scan: Scan, newline: LineEnd): RawOperation | undefined {
  const { text, at: from } = scan;
  if (newline.text !== text || newline.at < from) {
    newline.text = text;
    newline.at = text.indexOf('\n', from);
    if (newline.at < 0) newline.at = text.length;
  }
  let end = newline.at;
  if (end - from > lineMax) return undefined;
  while (end > from && text.charCodeAt(end - 1) !== 125) end--;
  const line = text.slice(from, end);
  try {
    if (isTooDeep(line)) return undefined;
    const parsed = parseExactly(line, comparedFields) as RawOperation;
    scan.at = end;
    return parsed;
  } catch {
    return undefined;
  }
}

/** The next end of a line in a text: not looked for again where there is none. */
interface LineEnd {
  text: string;
  at: number;
}

const lineMax = 4096;

/** Parses one object; a `data` error with file and line says what is wrong with it. */
export function parseOperation(text: string, source: string, line: number): RawOperation {
  if (isTooDeep(text)) throw at(source, line, 'values are nested more than 200 deep');
  let parsed: unknown;
  try {
    parsed = parseExactly(text, comparedFields);
  } catch {
    throw at(source, line, `is not JSON: ${text.slice(0, 60)}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw at(source, line, `is ${shown(parsed)} where the object of an operation is due`);
  return parsed as RawOperation;
}

/** To behind the bracket that closes the object. A line that begins with another object cannot be within it. */
function skipObject(scan: Scan): void {
  const { text, at: from, source, line } = scan;
  let depth = 0;
  for (let end = from; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 34) end = textEnd(text, end);
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) {
      scan.at = end + 1;
      return;
    } else if (code === 10) {
      scan.line++;
      if (text.charCodeAt(end + 1) === 123) break;
    }
  }
  throw at(source, line, `is not JSON: ${restOfLine(text, from)}`);
}

/** The quote that ends the text, or the end of the line, for no text of JSON goes over it. */
function textEnd(text: string, begin: number): number {
  for (let end = begin + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 92) end++;
    else if (code === 34) return end;
    else if (code === 10) return end - 1;
  }
  return text.length;
}

const restOfLine = (text: string, from: number): string =>
  text.slice(from, from + 60).split('\n')[0]!;
