/**
 * Reads the record of one operation as almost all are: names and plain values, in JSON (`{"type":"ok","value":[1,2]}`) or
 * EDN (`{:type :ok, :value [1 2]}`), without looking at a character more often than it must, and without making a text
 * of anything that a history says a million times.
 *
 * It reads exactly what the whole reader of the syntax would, or nothing. So it knows no escapes, no decimals, no
 * structures but arrays, no comments and no tags, and whatever it does not know it leaves alone, be it right or wrong.
 */
import { numberOfPlain } from '../core/history/entry-columns.ts';
import {
  addItem,
  beginList,
  dropList,
  endList,
  endPut,
  itemPut,
  noLists,
  putItem,
} from '../core/history/lists.ts';
import { isSmall, numberOfSmall, numbering } from '../core/numbering.ts';
import { characters, isAfterToken, isAscii, ofText, ofToken } from './characters.ts';
import { leadOf, stands } from './leads.ts';
import { codes, length, lookAtText } from './looked-at.ts';
import { isDelimiter, shortMax } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { nameIn } from './names.ts';
import type { Lead } from './leads.ts';
import { dropLists, kindOf, kinds, names, noWord, theEnd, unknownField } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';
import { hashed, numberOfText, wordMax, wordsIn } from './words.ts';

/** Reads the record that begins where `scan` stands, and goes behind it; or is false, and stays where it is. */
export function readPlainRecord(scan: Scan, record: PlainRecord): boolean {
  const end = lookAtText(scan.text) ? readPlainAt(scan.at, record) : noRecord;
  if (end === noRecord) return false;
  scan.at = end;
  return true;
}

/**
 * The same for the bytes that are looked at: where the record ends that begins there, or `noRecord`. Throws `HistoryTooLarge`
 * where there is no room for its lists.
 */
export function readPlainAt(from: number, record: PlainRecord): number {
  at = from;
  isEdn = record.syntax === 'edn';
  words = record.known;
  lists = record.lists;
  let isRead = false;
  try {
    isRead = readFields(record);
  } finally {
    if (!isRead) dropLists(record);
    words = nobodys;
    lists = none;
  }
  return isRead ? at : noRecord;
}

export const noRecord = -1;

const { quote, comma, minus, zero, colon, backslash, tab, carriageReturn, space } = characters;
const { openBracket, closeBracket, openBrace, closeBrace } = characters;

let at = 0;
let isEdn = false;
/** Those of the record that is read; of none between two, for they hold a history. */
const [nobodys, none] = [wordsIn(numbering()), noLists(0)];
let words = nobodys;
let lists = none;

/** Stands for what is no name. */
const noField = -3;

/** Stands for what is no plain value. */
const strange: unique symbol = Symbol('strange');

function readFields(record: PlainRecord): boolean {
  record.has = 0;
  record.begin = record.lists.length;
  for (let place = 0; ; place++) {
    const field = leadFrom(place, record);
    if (field < 0) {
      if (field === theEnd) return record.has !== 0;
      if (field === noField || !isPassedOver(0)) return false;
      continue;
    }
    if ((record.has & (1 << field)) !== 0) return false;
    record.has |= 1 << field;
    const word = kindOf[field] === kinds.count ? noWord : wordOrList();
    record.words[field] = word;
    if (word !== noWord) continue;
    const other = plainValue();
    if (other === strange) return false;
    record.others[field] = other;
  }
}

/** Goes to the next value that is not of a few words, and says whose it is: a lead's `field`, or `noField`. */
function leadFrom(place: number, record: PlainRecord): number {
  const known = (record.leads[place] ??= []);
  for (let i = 0; i < known.length; i++) {
    const lead = known[i]!;
    if (!stands(lead, at)) continue;
    if (i > 0) {
      known[i] = known[i - 1]!;
      known[i - 1] = lead;
    }
    return follow(lead, record);
  }
  return learn(place, record, known);
}

function follow({ characters, has, said, field }: Lead, record: PlainRecord): number {
  at += characters.length;
  if (field !== theEnd) skipSpace();
  if ((record.has & has) !== 0) return noField;
  record.has |= has;
  for (let i = 0; i < said.length; i += 2) record.words[said[i]!] = said[i + 1]!;
  return field;
}

function learn(place: number, record: PlainRecord, known: Lead[]): number {
  const from = at;
  const said: number[] = [];
  let has = 0;
  for (let isFirst = place === 0; ; isFirst = false) {
    if (isFirst && codes[at++] !== openBrace) return noField;
    const field = ends(closeBrace, isFirst) ? theEnd : fieldName();
    if (field === noField) return noField;
    if (field !== theEnd) skipSpace();
    const isFew = field >= 0 && kindOf[field] === kinds.fewWords;
    const word = isFew ? wordHere() : noWord;
    if (word === noWord) {
      record.has |= has;
      const isWorthwhile = !isFew && known.length < leadsMax && at - from <= leadMax;
      if (isWorthwhile && (field === theEnd || isApart()))
        known.push(leadOf(from, at, has, said, field));
      return field;
    }
    if (((record.has | has) & (1 << field)) !== 0) return noField;
    has |= 1 << field;
    said.push(field, word);
    record.words[field] = word;
  }
}

/** Of a name without an end it would be the beginning of others as well. */
function isApart(): boolean {
  const last = codes[at - 1]!;
  return last === space || (!isEdn && last === colon);
}

/** How many from one place, and how many characters each may have. */
const [leadsMax, leadMax] = [16, 1024];

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
    at = length;
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

/** A number in `names`, `unknownField`, or `noField`. */
function fieldName(): number {
  if (codes[at++] !== (isEdn ? colon : quote)) return noField;
  for (let field = 0; field < names.length; field++)
    if (isName(names[field]!)) return endOfName(at + names[field]!.length, field);
  for (let end = at; ; end++) {
    const code = codes[end]!;
    if (isEdn ? isDelimiter(code) : code === quote)
      return end === at ? noField : endOfName(end, unknownField);
    if (code < space || code === backslash || !isAscii(code)) return noField;
  }
}

function isName(word: string): boolean {
  if (!isWord(word)) return false;
  const after = codes[at + word.length]!;
  return isEdn ? isDelimiter(after) : after === quote;
}

function endOfName(end: number, field: number): number {
  at = end;
  if (isEdn) return field;
  at++;
  skipSpace();
  return codes[at++] === colon ? field : noField;
}

/** Whether the word stands where we are; what is behind it does not matter. */
function isWord(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (codes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** Goes behind the word that stands where we are, and is its number; or is `noWord`, and stays. */
function wordHere(): number {
  const code = codes[at]!;
  if (code === quote) return quotedWord();
  if (code === colon && isEdn) return keywordWord();
  if (code >= zero && code <= zero + 9) return smallNumber();
  if (takes(isEdn ? 'nil' : 'null')) return words.nothing;
  if (takes('true')) return words.yes;
  return takes('false') ? words.no : noWord;
}

function quotedWord(): number {
  const from = at + 1;
  let hash = 0;
  let end = from;
  for (; ofText[codes[end]!] === 1; end++) hash = hashed(hash, codes[end]!);
  if (codes[end] !== quote || end - from > wordMax) return noWord;
  at = end + 1;
  return numberOfText(words, codes, from, end, hash);
}

function keywordWord(): number {
  const from = at + 1;
  let hash = 0;
  let end = from;
  for (; ofToken[codes[end]!] === 1; end++) hash = hashed(hash, codes[end]!);
  if (end === from || end - from > wordMax || !isAscii(codes[end]!)) return noWord;
  at = end;
  return numberOfText(words, codes, from, end, hash);
}

function smallNumber(): number {
  let end = at;
  let number = 0;
  for (; ; end++) {
    const digit = codes[end]! - zero;
    if (!(digit >= 0 && digit <= 9)) break;
    number = number * 10 + digit;
  }
  if (!isSmall(number) || !isAfterToken(codes[end]!)) return noWord;
  if (end - at > 1 && codes[at] === zero) return noWord;
  at = end;
  return numberOfSmall<unknown>(words.numbering, number);
}

const wordOrList = (): number => (codes[at] === openBracket ? listHere(0) : wordHere());

/** Whether it could go behind what stands here. It makes no words of it, for words are kept. */
function isPassedOver(depth: number): boolean {
  if (codes[at] !== openBracket || depth === depthMax) return plainValue() !== strange;
  at++;
  for (let isFirst = true; !ends(closeBracket, isFirst); isFirst = false)
    if (!isPassedOver(depth + 1)) return false;
  return true;
}

type Plain = null | boolean | number | string;

function plainValue(): Plain | typeof strange {
  const code = codes[at]!;
  if (code === minus || (code >= zero && code <= zero + 9)) return digits();
  if (code === quote) return quoted();
  if (code === colon && isEdn) return keyword();
  if (takes(isEdn ? 'nil' : 'null')) return null;
  if (takes('true')) return true;
  return takes('false') ? false : strange;
}

function takes(word: string): boolean {
  if (!isWord(word) || !isAfterToken(codes[at + word.length]!)) return false;
  at += word.length;
  return true;
}

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
  let end = from;
  while (ofText[codes[end]!] === 1) end++;
  if (codes[end] !== quote) return strange;
  at = end + 1;
  return textBetween(from, end);
}

function keyword(): string | typeof strange {
  const from = ++at;
  while (ofToken[codes[at]!] === 1) at++;
  return at === from || !isAscii(codes[at]!) ? strange : textBetween(from, at);
}

/** Longer ones are seldom written twice. */
const textBetween = (from: number, to: number): string =>
  to - from < shortMax ? nameIn(codes, from, to) : codes.toString('latin1', from, to);

/** Goes behind the list that begins where we are; or is `noWord`, and stays, where it is no plain one. */
function listHere(depth: number): number {
  const from = at++;
  let size = putNumbers();
  for (; !ends(closeBracket, size === 0); size++) {
    if (codes[at] === openBracket) return listOfLists(from, size, depth);
    const item = itemHere(depth + 1);
    if (item === noWord) {
      at = from;
      return noWord;
    }
    putItem(lists, size, item);
  }
  return endPut(lists, size);
}

/** Small numbers at the beginning of a list, as they mostly stand there: how many. Goes behind the last. */
function putNumbers(): number {
  const between = isEdn ? space : comma;
  let from = at;
  for (let size = 0; ; size++) {
    let end = from;
    let number = 0;
    for (; end < from + smallDigits; end++) {
      const digit = codes[end]! - zero;
      if (!(digit >= 0 && digit <= 9)) break;
      number = number * 10 + digit;
    }
    const isWhole = codes[end] === between || codes[end] === closeBracket;
    if (!isWhole || !isSmall(number) || end === from) return size;
    if (end - from > 1 && codes[from] === zero) return size;
    putItem(lists, size, numberOfSmall<unknown>(words.numbering, number));
    at = end;
    if (codes[end] === closeBracket) return size + 1;
    from = end + 1;
  }
}

/** As many as the greatest of them has. */
const smallDigits = 8;

/** The same from the first item on that is a list, and so cannot stand among the others. */
function listOfLists(from: number, size: number, depth: number): number {
  const begin = beginList();
  for (let put = 0; put < size; put++) addItem(itemPut(lists, put));
  do {
    const item = itemHere(depth + 1);
    if (item === noWord) {
      at = from;
      dropList(begin);
      return noWord;
    }
    addItem(item);
  } while (!ends(closeBracket, false));
  return endList(lists, begin);
}

function itemHere(depth: number): number {
  if (codes[at] === openBracket) return depth === depthMax ? noWord : listHere(depth);
  const word = wordHere();
  if (word !== noWord) return word;
  const other = plainValue();
  return other === strange ? noWord : numberOfPlain(words.numbering, other);
}

/** Deeper ones are left to who counts. */
const depthMax = 8;
