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
  const header = checkHeader(parseObject(lines[0]!, `${source}:1`), source);
  const entries: Entry[] = [];
  for (let line = 2; line <= lines.length; line++) {
    const entry = parseObject(lines[line - 1]!, `${source}:${line}`) as unknown as Entry;
    checkEntry(entry, source, line);
    if (entry.index !== entries.length)
      throw dataError(`${source}:${line}: index is ${entry.index} where ${entries.length} is due`);
    entries.push(entry);
  }
  return { header, entries, torn: last !== '' };
}

/** The header that an object is; throws a `data` error for any other. */
export function checkHeader(object: object, source: string): HistoryHeader {
  const header = object as Readonly<Record<string, unknown>>;
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

const entryTypes = new Set<unknown>(['invoke', 'ok', 'fail', 'info']);

/** Throws a `data` error, with file and line, for an object that is no entry. Whether its index is due is not looked at. */
export function checkEntry(entry: Entry, source: string, line: number): void {
  const problem = problemOf(entry as unknown as Readonly<Record<keyof Entry, unknown>>);
  if (problem !== undefined) throw dataError(`${source}:${line}: ${problem}`);
}

function problemOf(entry: Readonly<Record<keyof Entry, unknown>>): string | undefined {
  if (!Number.isSafeInteger(entry.index))
    return `index is ${JSON.stringify(entry.index)}, not a whole number`;
  if (!entryTypes.has(entry.type))
    return `type is ${JSON.stringify(entry.type)}, not invoke, ok, fail or info`;
  if (typeof entry.timeNs !== 'number') return 'timeNs is not a number';
  if (typeof entry.f !== 'string') return 'f is not a text';
  if (!isProcess(entry.process))
    return `process is ${JSON.stringify(entry.process)}, not a whole number, nemesis:FAMILY or phase`;
  if (!isKey(entry.key)) return 'key is neither a number nor a text';
  if (entry.error !== undefined && typeof entry.error !== 'string') return 'error is not a text';
  return undefined;
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
