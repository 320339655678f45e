/**
 * Values as models hold them: anything that compares with `===`, so that no search step walks a structure.
 *
 * A wrong equality is a wrong verdict, so it is written down. Numbers, texts, booleans and null are themselves. Two lists
 * are equal if their elements are; two maps if their fields are, in whatever order a server answers them. What has no
 * such meaning, as a function or a `Map`, is refused.
 */
import { dataError } from '../../../src/core/errors.ts';

/** A value of a history, made comparable. */
export type Atom = number | string | boolean | null;

/** A structure is a mark and its text; a plain text that begins with the mark is written as a structure is. */
export function atom(value: unknown): Atom {
  if (typeof value === 'string') return isMarked(value) ? marked(textOf(value)) : value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value;
  if (value === undefined || value === null) return null;
  return typeof value === 'bigint' ? wholeNumber(value) : marked(textOf(value));
}

/** A driver that answers 5n says 5; beyond what a number holds exactly, its digits are a text, as histories write them. */
const wholeNumber = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : String(value);

const mark = '\u0000';
const isMarked = (text: string): boolean => text.charCodeAt(0) === 0;
const marked = (text: string): string => mark + text;

/** JSON, with the fields of maps in order, and numbers that JSON has no text for. */
function textOf(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return JSON.stringify(wholeNumber(value));
  if (Array.isArray(value)) return `[${Array.from(value, textOf).join()}]`;
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') return saysItself(value) ? textOf(value.toJSON()) : mapOf(value);
  if (['number', 'string', 'boolean'].includes(typeof value)) return JSON.stringify(value);
  throw incomparable(typeof value);
}

/** As a `Date` does. */
const saysItself = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function';

function mapOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    throw incomparable(`an object of ${value.constructor.name}`);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${textOf(field)}`);
  return `{${fields.join()}}`;
}

const incomparable = (what: string) =>
  dataError(`a value is ${what}, and two of those cannot be compared`);

/** What joining texts makes of a value: a text is itself, anything else as JSON writes it. */
export function plainText(value: Atom): string {
  if (typeof value !== 'string') return String(value);
  if (!isMarked(value)) return value;
  const text = value.slice(mark.length);
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** As a person reads it; texts are quoted, so that 1 and "1" look different. */
export function describeAtom(value: Atom): string {
  const json =
    typeof value === 'string' && isMarked(value) ? value.slice(mark.length) : JSON.stringify(value);
  return json.length > describedLengthMax ? `${json.slice(0, describedLengthMax)}…` : json;
}

const describedLengthMax = 80;

/** What follows the words of a call: nothing where the answer says it all. */
export const outcomeSuffix = (outcome: 'ok' | 'fail' | 'info'): string =>
  outcome === 'ok' ? '' : outcome === 'fail' ? ': fail' : ': unknown';
