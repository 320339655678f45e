/**
 * Reads EDN (https://github.com/edn-format/edn), as histories of Jepsen's family are written in.
 *
 * The values it gives are those of JSON: keywords, symbols and characters become texts, vectors, lists and sets become
 * arrays, a tagged value becomes the value. Sets and the keys of maps have no order, so they are put in one, for those that are
 * equal to look it. Whole numbers that JavaScript cannot hold exactly become their digits as
 * text, so that two that differ stay different. It is strict where a lenient reader would drop data in silence: every
 * bracket must be closed by its own, and every error names its line.
 */
import { broken, isSpace, readCharacter, readText, readToken, tokenEnd } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';

export type EdnValue =
  | null
  | boolean
  | number
  | string
  | readonly EdnValue[]
  | { readonly [key: string]: EdnValue };

/** The next value; throws a `data` error where there is none, or a broken one. */
export function readValue(scan: Scan): EdnValue {
  skipSpace(scan);
  const character = scan.text[scan.at];
  switch (character) {
    case undefined:
      throw broken(scan, 'the text ends where a value is due');
    case '(':
      return readSequence(scan, ')');
    case '[':
      return readSequence(scan, ']');
    case '{':
      return readMap(scan);
    case '"':
      return readText(scan);
    case '\\':
      return readCharacter(scan);
    case '#':
      return readDispatch(scan);
    case ')':
    case ']':
    case '}':
      throw broken(scan, `a ${character} closes nothing`);
    default:
      return readToken(scan);
  }
}

/** Space, commas, comments to the end of the line, and `#_` with the value that it discards. */
export function skipSpace(scan: Scan): void {
  const { text } = scan;
  for (;;) {
    const code = text.charCodeAt(scan.at);
    if (code === 10) scan.line++;
    if (code === 59) {
      const end = text.indexOf('\n', scan.at);
      scan.at = end < 0 ? text.length : end;
    } else if (code === 35 && text.charCodeAt(scan.at + 1) === 95) {
      scan.at += 2;
      nested(scan, readValue);
    } else if (isSpace(code)) {
      scan.at++;
    } else {
      return;
    }
  }
}

/** Whether nothing but space and comments is left. */
export const atEnd = (scan: Scan): boolean => (skipSpace(scan), scan.at >= scan.text.length);

/** Takes the character if it comes next. */
export function take(scan: Scan, character: string): boolean {
  skipSpace(scan);
  if (scan.text[scan.at] !== character) return false;
  scan.at++;
  return true;
}

const depthMax = 200;

/** Bounds the nesting, so that no input can exhaust the stack. */
function nested<T>(scan: Scan, read: (scan: Scan) => T): T {
  if (++scan.depth > depthMax) throw broken(scan, `values are nested more than ${depthMax} deep`);
  const result = read(scan);
  scan.depth--;
  return result;
}

/** Items wait here until their number is known: an array that grows keeps room for more than it will ever hold. */
const waiting: EdnValue[] = [];
let waitingCount = 0;

function readSequence(scan: Scan, close: string): EdnValue[] {
  const from = scan.line;
  const base = waitingCount;
  if (++scan.depth > depthMax) throw broken(scan, `values are nested more than ${depthMax} deep`);
  scan.at++;
  try {
    while (!take(scan, close)) {
      if (scan.at >= scan.text.length)
        throw broken(scan, `the ${close} for line ${from} is missing`);
      const item = readValue(scan);
      waiting[waitingCount++] = item;
    }
    scan.depth--;
    return waiting.slice(base, waitingCount);
  } finally {
    waitingCount = base;
  }
}

function readMap(scan: Scan): EdnValue {
  const from = scan.line;
  const items = readSequence(scan, '}');
  if (items.length % 2 !== 0)
    throw broken(scan, `the map of line ${from} has a key without a value`);
  const pairs = new Map<string, EdnValue>();
  for (let i = 0; i < items.length; i += 2) {
    const key = keyText(items[i]!);
    if (pairs.has(key)) throw broken(scan, `the map of line ${from} has the key ${key} twice`);
    pairs.set(key, items[i + 1]!);
  }
  return Object.fromEntries([...pairs].toSorted(([a], [b]) => inOrder(a, b)));
}

function readSet(scan: Scan): EdnValue {
  const from = scan.line;
  const items = readSequence(scan, '}').map((item) => ({ item, text: JSON.stringify(item) }));
  const sorted = items.toSorted((a, b) =>
    typeof a.item === 'number' && typeof b.item === 'number'
      ? a.item - b.item
      : inOrder(a.text, b.text),
  );
  const twice = sorted.find(({ text }, i) => text === sorted[i + 1]?.text);
  if (twice !== undefined) throw broken(scan, `the set of line ${from} has ${twice.text} twice`);
  return sorted.map(({ item }) => item);
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What stands for a key of a map that is no text. */
export const keyText = (key: EdnValue): string =>
  typeof key === 'string' ? key : JSON.stringify(key);

/** `#{…}` is a set, `#tag value` a tagged value, `##NaN` a number that no text of digits writes. */
function readDispatch(scan: Scan): EdnValue {
  const begin = scan.at;
  scan.at++;
  if (scan.text[scan.at] === '{') return readSet(scan);
  const end = tokenEnd(scan.text, scan.at);
  const tag = scan.text.slice(scan.at, end);
  if (tag === '') throw broken(scan, '# is followed by nothing that it can mean');
  scan.at = end;
  if (tag.startsWith('#')) return scan.text.slice(begin, end);
  return nested(scan, readValue);
}
