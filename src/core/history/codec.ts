/**
 * The history's file form, JSON lines: a header, then one entry a line, appended as they happen.
 *
 * A controller killed half-way leaves a last line without its end. It is dropped and the history marked torn; any other
 * line that cannot be read is bad data, named by its number.
 */
import { dataError } from '../errors.ts';
import { isNemesis, phaseProcess } from './entry.ts';
import type { Entry, History, HistoryHeader, NemesisProcess } from './entry.ts';

export const encodeHeader = (header: HistoryHeader): string => `${JSON.stringify(header)}\n`;

/** One line; short field names would save little and cost every reader of the file. */
export const encodeEntry = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

/** Reads a whole history; `source` names the file in errors. */
export function decodeHistory(text: string, source: string): History {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  if (lines.length === 0)
    throw dataError(`${source}: is not a dsp history: it has no complete first line`);
  const header = decodeHeader(lines[0]!, source);
  const entries: Entry[] = [];
  for (let line = 1; line < lines.length; line++)
    entries.push(decodeEntry(lines[line]!, entries.length, `${source}:${line + 1}`));
  return { header, entries, torn: last !== '' };
}

function decodeHeader(line: string, source: string): HistoryHeader {
  const header = parseObject(line, `${source}:1`);
  if (header['format'] !== 'dsp-history')
    throw dataError(`${source}:1: is not the header of a dsp history`);
  if (header['version'] !== 1)
    throw dataError(
      `${source}:1: history version ${String(header['version'])} is not known; this dsp reads version 1`,
    );
  if (typeof header['originNs'] !== 'number')
    throw dataError(`${source}:1: originNs is not a number`);
  return header as unknown as HistoryHeader;
}

const entryTypes = new Set(['invoke', 'ok', 'fail', 'info']);

function decodeEntry(line: string, index: number, place: string): Entry {
  const entry = parseObject(line, place);
  if (entry['index'] !== index)
    throw dataError(`${place}: index is ${JSON.stringify(entry['index'])} where ${index} is due`);
  if (!entryTypes.has(entry['type'] as string))
    throw dataError(
      `${place}: type is ${JSON.stringify(entry['type'])}, not invoke, ok, fail or info`,
    );
  if (typeof entry['timeNs'] !== 'number') throw dataError(`${place}: timeNs is not a number`);
  if (typeof entry['f'] !== 'string') throw dataError(`${place}: f is not a text`);
  if (!isProcess(entry['process']))
    throw dataError(
      `${place}: process is ${JSON.stringify(entry['process'])}, not a whole number, nemesis:FAMILY or phase`,
    );
  if (!isKey(entry['key'])) throw dataError(`${place}: key is neither a number nor a text`);
  const { error } = entry;
  if (error !== undefined && typeof error !== 'string')
    throw dataError(`${place}: error is not a text`);
  return entry as unknown as Entry;
}

/** A process of any other name would be nobody's, and its operations would be judged by no checker. */
const isProcess = (process: unknown): boolean =>
  Number.isSafeInteger(process) ||
  process === phaseProcess ||
  (typeof process === 'string' && isNemesis(process as NemesisProcess));

/** Operations are sorted by key, so a structure would make an object of its own of every operation. */
const isKey = (key: unknown): boolean =>
  key === undefined || typeof key === 'number' || typeof key === 'string';

function parseObject(line: string, place: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw dataError(`${place}: is not JSON: ${line.slice(0, 60)}`, undefined, cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw dataError(`${place}: is not a JSON object`);
  return parsed as Record<string, unknown>;
}
