/** Which form a history file has, told from how it begins. */
import { dataError } from '../core/errors.ts';
import { isJepsenLogLine } from './jepsen-log.ts';
import { formatNames } from './registry.ts';
import type { FormatName } from './registry.ts';

/** Throws a `data` error when it is none that is known. */
export function detectFormat(text: string, source: string): FormatName {
  const start = text
    .slice(0, lookedAtMax)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start === '') throw dataError(`${source}: is empty`);
  const lines = start.split('\n');
  if (isJsonLine(lines[0]!)) return 'jsonl';
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
  if (line.startsWith('{"format":"dsp-history"')) return true;
  try {
    return line.startsWith('{') && typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

const isKvLine = (line: string): boolean =>
  line.includes(':key ') && /:f\s+:(?:get|put|append)\b/.test(line);

/** Characters; logs may begin with lines of other loggers. */
const lookedAtMax = 64 * 1024;
