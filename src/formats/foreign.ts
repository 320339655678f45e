/** What the operations of other tools have in common, whatever they are written in. */
import { dataError } from '../core/errors.ts';
import type { DspError } from '../core/errors.ts';
import { nemesisProcess } from '../core/history/entry.ts';
import { entryTypes } from '../core/history/entry-columns.ts';
import type { EntryType, Key, ProcessId } from '../core/history/entry.ts';
import { cutLoose, nameAt } from './names.ts';
import { fields, saidIn } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';

/** An operation as a file has it. One object serves for all that a reader reads. */
export interface RawOperation {
  type: unknown;
  process: unknown;
  f: unknown;
  key: unknown;
  value: unknown;
  error: unknown;
  /** Its place, where the file says it. */
  index: unknown;
  /** Of dsp's own histories only, and so are nodes. */
  timeNs: unknown;
  node: unknown;
}

/** An operation that can be an entry; it says nothing of where. One object serves for all. */
export interface Fields {
  process: ProcessId;
  type: EntryType;
  f: string;
  key: Key | undefined;
  value: unknown;
  error: string | undefined;
}

export const rawOperation = (): RawOperation => ({
  type: undefined,
  process: undefined,
  f: undefined,
  key: undefined,
  value: undefined,
  error: undefined,
  index: undefined,
  timeNs: undefined,
  node: undefined,
});

/** A plain record as an operation. */
export function operationOf(record: PlainRecord, operation: RawOperation): void {
  operation.type = saidIn(record, fields.type);
  operation.process = saidIn(record, fields.process);
  operation.f = saidIn(record, fields.f);
  operation.key = saidIn(record, fields.key);
  operation.value = saidIn(record, fields.value);
  operation.error = saidIn(record, fields.error);
  operation.index = saidIn(record, fields.index);
  operation.timeNs = saidIn(record, fields.timeNs);
  operation.node = saidIn(record, fields.node);
}

/** Forgets the operation before. */
export function clear(operation: RawOperation): void {
  operation.type = operation.process = operation.f = undefined;
  operation.key = operation.value = operation.error = operation.index = undefined;
  operation.timeNs = operation.node = undefined;
}

const said: Fields = {
  process: 0,
  type: 'invoke',
  f: '',
  key: undefined,
  value: null,
  error: undefined,
};

/**
 * Throws a `data` error that names what is wrong. Transactions without a function are given `txn`; operations without
 * a process belong to one client. `source` and `line` come apart, for most lines have no error that needs their names.
 */
export function toFields(raw: RawOperation, source: string, line: number): Fields {
  const { f, key, value, error } = raw;
  said.type = entryType(raw.type, source, line);
  said.process = processId(raw.process, said.type, source, line);
  said.f = f === undefined ? 'txn' : functionName(f, source, line);
  if (key !== undefined && key !== null && !isKey(key))
    throw at(source, line, `key is ${shown(key)}, neither a number nor a text`);
  said.key = key ?? undefined;
  said.value = value === undefined ? null : value;
  said.error = error === undefined || error === null ? undefined : errorText(error);
  return said;
}

/** A `data` error with file and line. */
export const at = (source: string, line: number, problem: string, hint?: string): DspError =>
  dataError(`${source}:${line}: ${problem}`, hint);

/** What operations can be told apart by. */
export const isKey = (value: unknown): value is Key =>
  typeof value === 'number' || typeof value === 'string';

/** One of our own four texts, not the one that was cut out of a line: there may be millions. */
function entryType(word: unknown, source: string, line: number): EntryType {
  for (const type of entryTypes) if (word === type) return type;
  const name = plainName(word);
  for (const type of entryTypes) if (name === type) return type;
  throw at(source, line, `type is ${shown(word)}, not invoke, ok, fail or info`);
}

/**
 * Numbers are clients; a name, as Jepsen's `:nemesis`, is a nemesis, all of whose entries are `info`. A client that has a name
 * would be passed over in silence, so that is refused.
 */
function processId(value: unknown, type: EntryType, source: string, line: number): ProcessId {
  if (value === undefined) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const name = plainName(value);
  if (typeof name !== 'string' || name === '' || /^[-+]?\d+$/.test(name))
    throw at(source, line, `process is ${shown(value)}, neither a whole number nor a name`);
  if (type !== 'info' && !name.startsWith('nemesis'))
    throw at(source, line, `process is ${shown(value)} of type ${type}: clients are whole numbers`);
  return nemesisProcess(name);
}

/** As a rule it is one of the last two: what was invoked completes, and another operation is invoked. */
function functionName(f: unknown, source: string, line: number): string {
  const name = plainName(f);
  if (name === lastNames[0]) return lastNames[0];
  if (name === lastNames[1]) return lastNames[1];
  if (typeof name !== 'string') throw at(source, line, `f is ${shown(f)}, not a name`);
  lastNames = [nameAt(name, 0, name.length), lastNames[0]];
  return lastNames[0];
}

let lastNames: readonly [string, string] = ['txn', 'txn'];

/** A keyword that was written to JSON as it stands has its colon still. */
const plainName = (name: unknown): unknown =>
  typeof name === 'string' && name.startsWith(':') ? name.slice(1) : name;

/** Exceptions of Jepsen's clients are long, and the same ones come again. */
function errorText(error: unknown): string {
  const text = typeof error === 'string' ? error : jsonOf(error);
  return text.length > errorCharactersMax
    ? cutLoose(`${text.slice(0, errorCharactersMax)}…`)
    : nameAt(text, 0, text.length);
}

const errorCharactersMax = 200;

/** JSON, cut short, for a sentence. */
export function shown(value: unknown): string {
  const json = jsonOf(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

/** What is nested too deep for JSON is named by what it is. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'missing';
  } catch {
    return Array.isArray(value) ? 'a deep array' : 'a deep object';
  }
}
