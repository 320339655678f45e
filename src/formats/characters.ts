/** The characters of plain records (read-plain-record.ts), by their codes. */
import { isDelimiter } from './edn-tokens.ts';

export const characters = {
  tab: 9,
  newline: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  comma: 44,
  minus: 45,
  zero: 48,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;

const { tab, newline, carriageReturn, space, quote, comma, backslash } = characters;
const { closeBracket, closeBrace } = characters;

/** By code, 1 for what may stand in a text that is plain: neither its end nor anything strange. */
export const ofText = new Uint8Array(256);
/** The same for a token. */
export const ofToken = new Uint8Array(256);
for (let code = 0; code < 128; code++) {
  ofText[code] = code < space || code === quote || code === backslash ? 0 : 1;
  ofToken[code] = isDelimiter(code) ? 0 : 1;
}

export const isAscii = (code: number): boolean => code < 128;

/** What may follow a word or a number: not the point or the exponent of a decimal, and nothing that belongs to a longer word. */
export const isAfterToken = (code: number): boolean => afterToken[code] === 1;

const afterToken = new Uint8Array(128);
for (const code of [comma, space, closeBracket, closeBrace, tab, carriageReturn, newline])
  afterToken[code] = 1;
