/** Which form a history file has, told from how it begins. */
import { dataError } from '../core/errors.ts';
import { isJepsenLogLine } from './jepsen-log.ts';
import { isOwn } from './own-history.ts';
import { formatNames } from './registry.ts';
import type { FormatName } from './registry.ts';

/** Throws a `data` error when it is none that is known. `head` is the text, or as much of it as `lookedAtMax`. */
export function detectFormat(head: string, source: string): FormatName {
  const start = head.slice(0, lookedAtMax).trimStart();
  if (start === '') throw dataError(`${source}: is empty`);
  const lines = start.split('\n');
  if (isJsonLine(lines[0]!)) return 'jsonl';
  if (jsonArray.test(start)) return 'elle-cli-json';
  if (lines.some(isJepsenLogLine)) return 'jepsen-log';
  if (start.startsWith('{') && isKvLine(lines[0]!)) return 'porcupine-kv';
  if (/^(?:[[(;]|\{\s*[:}]|#[\w_{])/.test(start)) return 'edn';
  throw dataError(
    `${source}: its form is not recognised`,
    `say which it is with --format ${formatNames.join('|')}`,
  );
}

/** A history whose header was cut off has one line, and that has no end. */
function isJsonLine(line: string): boolean {
  if (isOwn(line)) return true;
  try {
    return line.startsWith('{') && typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** EDN may have texts as keys too, but no colon between them and their values. */
const jsonArray = /^\[\s*\{\s*"[^"]*"\s*:\s*["\d[{tfn-]/;

const isKvLine = (line: string): boolean =>
  line.includes(':key ') && /:f\s+:(?:get|put|append)\b/.test(line);

/** Bytes; logs may begin with lines of other loggers. */
export const lookedAtMax = 64 * 1024;
