/**
 * Reads EDN (https://github.com/edn-format/edn), as histories of Jepsen's family are written in.
 *
 * The values it gives are those of JSON: keywords, symbols and characters become texts, vectors, lists and sets become
 * arrays, a tagged value becomes the value. Whole numbers that JavaScript cannot hold exactly become their digits as
 * text, so that two that differ stay different. It is strict where a lenient reader would drop data in silence: every
 * bracket must be closed by its own, and every error names its line.
 */
import { dataError } from '../core/errors.ts';

export type EdnValue =
  | null
  | boolean
  | number
  | string
  | readonly EdnValue[]
  | { readonly [key: string]: EdnValue };

export interface EdnReader {
  /** Skips space and comments; the line, from 1, of what comes next. */
  line(): number;
  /** Whether nothing but space and comments is left. */
  atEnd(): boolean;
  /** Takes the character if it comes next. */
  take(character: string): boolean;
  /** The next value; throws a `data` error where there is none, or a broken one. */
  value(): EdnValue;
}

/** `source` names the file in errors, and `firstLine` the number of its first line. */
export function ednReader(text: string, source: string, firstLine = 1): EdnReader {
  const scan: Scan = { text, at: 0, line: firstLine, depth: 0, source };
  return {
    line: () => (skipSpace(scan), scan.line),
    atEnd: () => (skipSpace(scan), scan.at >= text.length),
    take(character) {
      skipSpace(scan);
      if (text[scan.at] !== character) return false;
      scan.at++;
      return true;
    },
    value: () => readValue(scan),
  };
}

interface Scan {
  readonly text: string;
  readonly source: string;
  at: number;
  line: number;
  depth: number;
}

const depthMax = 200;

const broken = (scan: Scan, problem: string) =>
  dataError(`${scan.source}:${scan.line}: ${problem}`);

function readValue(scan: Scan): EdnValue {
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
function skipSpace(scan: Scan): void {
  const { text } = scan;
  for (;;) {
    const character = text[scan.at];
    if (character === '\n') scan.line++;
    if (character === ';') {
      const end = text.indexOf('\n', scan.at);
      scan.at = end < 0 ? text.length : end;
    } else if (character === '#' && text[scan.at + 1] === '_') {
      scan.at += 2;
      nested(scan, () => readValue(scan));
    } else if (character !== undefined && spaces.includes(character)) {
      scan.at++;
    } else {
      return;
    }
  }
}

const spaces = ' ,\t\r\n\f\uFEFF';

/** Bounds the nesting, so that no input can exhaust the stack. */
function nested<T>(scan: Scan, read: () => T): T {
  if (++scan.depth > depthMax) throw broken(scan, `values are nested more than ${depthMax} deep`);
  const result = read();
  scan.depth--;
  return result;
}

function readSequence(scan: Scan, close: string): EdnValue[] {
  const from = scan.line;
  scan.at++;
  return nested(scan, () => {
    const items: EdnValue[] = [];
    for (;;) {
      skipSpace(scan);
      const next = scan.text[scan.at];
      if (next === close) {
        scan.at++;
        return items;
      }
      if (next === undefined) throw broken(scan, `the ${close} for line ${from} is missing`);
      items.push(readValue(scan));
    }
  });
}

function readMap(scan: Scan): EdnValue {
  const from = scan.line;
  const items = readSequence(scan, '}');
  if (items.length % 2 !== 0)
    throw broken(scan, `the map of line ${from} has a key without a value`);
  const pairs: [string, EdnValue][] = [];
  for (let i = 0; i < items.length; i += 2) pairs.push([keyText(items[i]!), items[i + 1]!]);
  return Object.fromEntries(pairs);
}

const keyText = (key: EdnValue): string => (typeof key === 'string' ? key : JSON.stringify(key));

function readText(scan: Scan): string {
  const from = scan.line;
  let result = '';
  for (let at = scan.at + 1; at < scan.text.length; at++) {
    const character = scan.text[at]!;
    if (character === '\n') scan.line++;
    if (character === '"') {
      scan.at = at + 1;
      return result;
    }
    if (character !== '\\') {
      result += character;
      continue;
    }
    const escaped = escapeAt(scan, ++at);
    result += escaped.text;
    at += escaped.length - 1;
  }
  throw broken(scan, `the text that begins on line ${from} has no end`);
}

/** What the escape stands for whose first character after the backslash is at `at`. */
function escapeAt(scan: Scan, at: number): { text: string; length: number } {
  const character = scan.text[at] ?? '';
  const simple = escapes.get(character);
  if (simple !== undefined) return { text: simple, length: 1 };
  const digits = scan.text.slice(at + 1, at + 5);
  if (character !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits))
    throw broken(scan, `\\${character} is no escape in a text`);
  return { text: String.fromCharCode(Number.parseInt(digits, 16)), length: 5 };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
  ['b', '\b'],
  ['f', '\f'],
  ['\\', '\\'],
  ['"', '"'],
]);

function readCharacter(scan: Scan): string {
  scan.at++;
  const name = tokenAt(scan) || (scan.text[scan.at] ?? '');
  if (name === '') throw broken(scan, 'a character is missing after \\');
  scan.at += name.length;
  if (/^u[0-9a-fA-F]{4}$/.test(name))
    return String.fromCharCode(Number.parseInt(name.slice(1), 16));
  return characterNames.get(name) ?? name;
}

const characterNames: ReadonlyMap<string, string> = new Map([
  ['newline', '\n'],
  ['return', '\r'],
  ['space', ' '],
  ['tab', '\t'],
]);

/** `#{…}` is a set, `#tag value` a tagged value. */
function readDispatch(scan: Scan): EdnValue {
  scan.at++;
  if (scan.text[scan.at] === '{') return readSequence(scan, '}');
  const tag = tokenAt(scan);
  if (tag === '') throw broken(scan, '# is followed by nothing that it can mean');
  scan.at += tag.length;
  return nested(scan, () => readValue(scan));
}

/** A number, keyword, symbol, or one of nil, true and false. */
function readToken(scan: Scan): EdnValue {
  const token = tokenAt(scan);
  scan.at += token.length;
  if (token === 'nil') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  if (token.startsWith(':')) {
    if (token.length === 1) throw broken(scan, 'a keyword has no name');
    return token.slice(1);
  }
  if (wholeNumber.test(token)) {
    const digits = token.endsWith('N') ? token.slice(0, -1) : token;
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : String(BigInt(digits.replace('+', '')));
  }
  if (decimalNumber.test(token)) return Number(token.endsWith('M') ? token.slice(0, -1) : token);
  if (/^[-+]?[0-9]/.test(token)) throw broken(scan, `${token} is not a number`);
  return token;
}

const wholeNumber = /^[-+]?[0-9]+N?$/;
const decimalNumber = /^[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?M?$/;

/** The characters up to the next delimiter. */
function tokenAt(scan: Scan): string {
  delimiter.lastIndex = scan.at;
  const end = delimiter.exec(scan.text)?.index ?? scan.text.length;
  return scan.text.slice(scan.at, end);
}

const delimiter = /[\s,()[\]{}"\\;\uFEFF]/g;
