/**
 * Reads the record of one operation as almost all are: names and plain values, in JSON (`{"type":"ok","value":[1,2]}`) or
 * EDN (`{:type :ok, :value [1 2]}`), without looking at a character more often than it must.
 *
 * It reads exactly what the whole reader of the syntax would, or nothing. So it knows no escapes, no decimals, no
 * structures but arrays, no comments and no tags, and whatever it does not know it leaves alone, be it right or wrong.
 */
import { entryTypes } from '../core/history/entry-columns.ts';
import { isDelimiter, shortMax } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { clear } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import { cutLoose, nameAt } from './names.ts';

export type Syntax = 'json' | 'edn';

/** Reads the record that begins where `scan` stands, and goes behind it; or is false, and stays where it is. */
export function readPlainRecord(scan: Scan, syntax: Syntax, operation: RawOperation): boolean {
  if (scan.text !== text) look(scan.text);
  if (!isAscii) return false;
  at = scan.at;
  isEdn = syntax === 'edn';
  clear(operation);
  if (!record(operation)) return false;
  scan.at = at;
  return true;
}

let text = '';
/** The characters of the text, with a zero behind them, where nothing goes on: several times as fast to look at. */
const codes = Buffer.alloc(2 ** 20);
let isAscii = true;
let at = 0;
let isEdn = false;

function look(next: string): void {
  text = next;
  isAscii = text.length < codes.length && Buffer.byteLength(text) === text.length;
  if (isAscii) codes[codes.write(text, 'latin1')] = 0;
}

/** Other fields are passed over; so is the time, which stands here because it is in almost every record. */
const names = [
  'type',
  'process',
  'f',
  'key',
  'value',
  'error',
  'index',
  'timeNs',
  'node',
  'time',
] as const satisfies readonly (keyof RawOperation | 'time')[];

/** The name that stood in each place of the record before: it is looked for there first. */
const expected: number[] = [];
const unknownName = -1;
const type = names.indexOf('type');

const [quote, comma, minus, zero, colon] = [34, 44, 45, 48, 58];
const [openBracket, backslash, closeBracket, openBrace, closeBrace] = [91, 92, 93, 123, 125];
const [tab, newline, carriageReturn, space] = [9, 10, 13, 32];

/** Stands for what is no plain value, and for no name. */
const strange: unique symbol = Symbol('strange');

function record(operation: RawOperation): boolean {
  if (codes[at++] !== openBrace) return false;
  let seen = 0;
  for (let place = 0; !ends(closeBrace, place === 0); place++) {
    const name = fieldName(place);
    if (name === strange) return false;
    skipSpace();
    const read = name === type ? entryType() : plainValue(0);
    if (read === strange) return false;
    if (name === unknownName) continue;
    if ((seen & (1 << name)) !== 0) return false;
    seen |= 1 << name;
    set(operation, name, read);
  }
  return seen !== 0;
}

/**
 * Takes the closing bracket, if it comes next, or what stands before another item. Where JSON has neither a comma nor the
 * bracket, or both, it goes to where no item begins.
 */
function ends(close: number, isFirst: boolean): boolean {
  skipSpace();
  if (codes[at] === close) {
    at++;
    return true;
  }
  if (isEdn || isFirst) return false;
  if (codes[at] !== comma) {
    at = text.length;
    return false;
  }
  at++;
  skipSpace();
  return false;
}

/** Never over the end of a line, which is to be counted. */
function skipSpace(): void {
  for (; ; at++) {
    const code = codes[at]!;
    if (code === space || (isEdn && code === comma)) continue;
    if (code !== tab && code !== carriageReturn) return;
  }
}

/** A place in `names`, or `unknownName`. */
function fieldName(place: number): number | typeof strange {
  if (codes[at++] !== (isEdn ? colon : quote)) return strange;
  const guess = expected[place];
  if (guess !== undefined && isName(guess)) return endOfName(at + names[guess]!.length, guess);
  for (const [name] of names.entries())
    if (isName(name)) return endOfName(at + names[name]!.length, (expected[place] = name));
  for (let end = at; ; end++) {
    const code = codes[end]!;
    if (isEdn ? isDelimiter(code) : code === quote)
      return end === at ? strange : endOfName(end, unknownName);
    if (code < space || code === backslash) return strange;
  }
}

function isName(name: number): boolean {
  const word = names[name]!;
  for (let i = 0; i < word.length; i++) if (codes[at + i] !== word.charCodeAt(i)) return false;
  const after = codes[at + word.length]!;
  return isEdn ? isDelimiter(after) : after === quote;
}

function endOfName<Name>(end: number, name: Name): Name | typeof strange {
  at = end;
  if (isEdn) return name;
  at++;
  skipSpace();
  return codes[at++] === colon ? name : strange;
}

/** One of our own four texts, not one that was cut out of the text. */
function entryType(): Plain | typeof strange {
  const from = at;
  if (codes[at++] === (isEdn ? colon : quote))
    for (const word of entryTypes) {
      const end = at + word.length;
      const after = codes[end]!;
      if (!isWord(word) || (isEdn ? !isDelimiter(after) : after !== quote)) continue;
      at = isEdn ? end : end + 1;
      return word;
    }
  at = from;
  return plainValue(0);
}

/** Whether the word stands where we are; what is behind it does not matter. */
function isWord(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (codes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

type Plain = null | boolean | number | string | readonly Plain[];

function plainValue(depth: number): Plain | typeof strange {
  const code = codes[at]!;
  if (code === minus || (code >= zero && code <= zero + 9)) return digits();
  if (code === quote) return quoted();
  if (code === openBracket) return depth === depthMax ? strange : array(depth);
  if (code === colon && isEdn) return keyword();
  if (takes(isEdn ? 'nil' : 'null')) return null;
  if (takes('true')) return true;
  return takes('false') ? false : strange;
}

/** Deeper ones are left to who counts. */
const depthMax = 8;

function takes(word: string): boolean {
  if (!isWord(word) || !isAfterToken(codes[at + word.length]!)) return false;
  at += word.length;
  return true;
}

/** Not the point or the exponent of a decimal, and nothing that belongs to a longer word. */
const isAfterToken = (code: number): boolean => afterToken[code] === 1;

const afterToken = new Uint8Array(128);
for (const code of [comma, space, closeBracket, closeBrace, tab, carriageReturn, newline])
  afterToken[code] = 1;

/** A whole number that is exact. */
function digits(): number | typeof strange {
  const isNegative = codes[at] === minus;
  if (isNegative) at++;
  const from = at;
  let number = 0;
  for (; ; at++) {
    const digit = codes[at]! - zero;
    if (!(digit >= 0 && digit <= 9)) break;
    number = number * 10 + digit;
  }
  const length = at - from;
  if (length === 0 || length > 15 || (length > 1 && codes[from] === zero)) return strange;
  if (!isAfterToken(codes[at]!)) return strange;
  if (!isNegative) return number;
  // JSON knows a negative zero.
  return number === 0 ? strange : -number;
}

/** A text without escapes. */
function quoted(): string | typeof strange {
  const from = at + 1;
  for (let end = from; ; end++) {
    const code = codes[end]!;
    if (code < space || code === backslash) return strange;
    if (code !== quote) continue;
    at = end + 1;
    return textBetween(from, end);
  }
}

function keyword(): string | typeof strange {
  const from = ++at;
  while (!isDelimiter(codes[at]!)) at++;
  return at === from ? strange : textBetween(from, at);
}

/** Longer ones are seldom written twice. */
const textBetween = (from: number, to: number): string =>
  to - from < shortMax ? nameAt(text, from, to) : cutLoose(text.slice(from, to));

/** Items wait here until their number is known: an array that grows keeps room for more than it will ever hold. */
const waiting: Plain[] = [];
let waitingCount = 0;

function array(depth: number): readonly Plain[] | typeof strange {
  at++;
  const base = waitingCount;
  while (!ends(closeBracket, waitingCount === base)) {
    const item = plainValue(depth + 1);
    if (item === strange) {
      waitingCount = base;
      return strange;
    }
    waiting[waitingCount++] = item;
  }
  const items = waiting.slice(base, waitingCount);
  waitingCount = base;
  return items;
}

/** Written out, for a field that is chosen by its name is slow to write. */
function set(operation: RawOperation, name: number, read: unknown): void {
  switch (names[name]) {
    case 'type':
      operation.type = read;
      break;
    case 'process':
      operation.process = read;
      break;
    case 'f':
      operation.f = read;
      break;
    case 'key':
      operation.key = read;
      break;
    case 'value':
      operation.value = read;
      break;
    case 'error':
      operation.error = read;
      break;
    case 'index':
      operation.index = read;
      break;
    case 'timeNs':
      operation.timeNs = read;
      break;
    case 'node':
      operation.node = read;
      break;
    case 'time':
    case undefined:
  }
}
