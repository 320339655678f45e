/** EDN's tokens: numbers, names and texts, with the place in the text where the reader stands. */
import { dataError } from '../core/errors.ts';
import { cutLoose, nameAt } from './names.ts';

/** Where a reader stands. */
export interface Scan {
  text: string;
  at: number;
  line: number;
  depth: number;
  readonly source: string;
}

export const scanOf = (text: string, source: string, line = 1): Scan => ({
  text,
  at: 0,
  line,
  depth: 0,
  source,
});

/** A `data` error at where the reader stands. */
export const broken = (scan: Scan, problem: string) =>
  dataError(`${scan.source}:${scan.line}: ${problem}`);

/** Space and commas. Controls count as space, so that no character is neither a token's nor skipped. */
export const isSpace = (code: number): boolean => code <= 32 || code === 44 || code === 0xfeff;

const delimiters = new Uint8Array(128);
for (let code = 0; code < 128; code++)
  delimiters[code] = isSpace(code) || '()[]{}"\\;'.includes(String.fromCharCode(code)) ? 1 : 0;

/** Where the token that begins at `from` ends: before the next delimiter. */
export function tokenEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isDelimiter(text.charCodeAt(at))) at++;
  return at;
}

/** What ends a token. */
export const isDelimiter = (code: number): boolean =>
  code < 128 ? delimiters[code] === 1 : code === 0xfeff;

/** A number, keyword, symbol, or one of nil, true and false. */
export function readToken(scan: Scan): null | boolean | number | string {
  const { text, at } = scan;
  const small = readSmall(scan);
  if (small !== undefined) return small;
  const end = tokenEnd(text, at);
  const isKeyword = text.charCodeAt(at) === 58;
  const name = nameAt(text, isKeyword ? at + 1 : at, end);
  if (end === at) throw broken(scan, `${JSON.stringify(text[at])} begins nothing`);
  scan.at = end;
  if (isKeyword) {
    if (name === '') throw broken(scan, 'a keyword has no name');
    return name;
  }
  if (name === 'nil') return null;
  if (name === 'true' || name === 'false') return name === 'true';
  return /^[-+]?\.?[0-9]/.test(name) ? numberOf(name, scan) : name;
}

/** A whole number of few digits, without making a text of it first; undefined for anything else. */
function readSmall(scan: Scan): number | undefined {
  const { text } = scan;
  const negative = text.charCodeAt(scan.at) === 45;
  const from = negative ? scan.at + 1 : scan.at;
  let value = 0;
  let at = from;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === from || at - from > 15) return undefined;
  if (at - from > 1 && text.charCodeAt(from) === 48) return undefined;
  if (at < text.length && !isDelimiter(text.charCodeAt(at))) return undefined;
  scan.at = at;
  return negative ? 0 - value : value;
}

/** Beyond what a number holds exactly, the digits; what is larger than any number, and a ratio, stay as they are written. */
function numberOf(token: string, scan: Scan): number | string {
  if (/^[-+]?(0|[1-9][0-9]*)N?$/.test(token)) {
    const digits = token.endsWith('N') ? token.slice(0, -1) : token;
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value + 0 : String(BigInt(digits.replace('+', '')));
  }
  if (/^[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?M?$/.test(token)) {
    const value = Number(token.endsWith('M') ? token.slice(0, -1) : token);
    return Number.isFinite(value) ? value : token;
  }
  if (/^[-+]?[0-9]+\/[0-9]+$/.test(token)) return token;
  throw broken(scan, `${token} is not a number`);
}

/** A text in quotes. */
export function readText(scan: Scan): string {
  const { text, line: from } = scan;
  const begin = scan.at + 1;
  const parts: string[] = [];
  let copied = begin;
  for (let at = begin; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) scan.line++;
    else if (code === 34) {
      scan.at = at + 1;
      if (parts.length > 0) return parts.join('') + cutLoose(text.slice(copied, at));
      return at - begin < shortMax ? nameAt(text, begin, at) : cutLoose(text.slice(begin, at));
    } else if (code === 92) {
      const escaped = escapeAt(scan, at + 1);
      parts.push(text.slice(copied, at), escaped.text);
      at += escaped.length;
      copied = at + 1;
    }
  }
  scan.line = from;
  throw broken(scan, `the text that begins on line ${from} has no end`);
}

/** Longer ones are seldom written twice. */
export const shortMax = 24;

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

/** A character: `\a`, `\newline`, `\u0041`. */
export function readCharacter(scan: Scan): string {
  const from = scan.at + 1;
  const end = Math.max(tokenEnd(scan.text, from), Math.min(from + 1, scan.text.length));
  const name = nameAt(scan.text, from, end);
  if (name === '') throw broken(scan, 'a character is missing after \\');
  scan.at = end;
  if (/^u[0-9a-fA-F]{4}$/.test(name))
    return String.fromCharCode(Number.parseInt(name.slice(1), 16));
  const named = characterNames.get(name);
  if (named === undefined && !/^.$/su.test(name)) throw broken(scan, `\\${name} is no character`);
  return named ?? name;
}

const characterNames: ReadonlyMap<string, string> = new Map([
  ['newline', '\n'],
  ['return', '\r'],
  ['space', ' '],
  ['tab', '\t'],
  ['backspace', '\b'],
  ['formfeed', '\f'],
]);
