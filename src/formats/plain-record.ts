/** A record of one operation, as it is read from a line: its fields by number, and what they say by words. */
import { noValue, valueOf } from '../core/history/lists.ts';
import type { Lists } from '../core/history/lists.ts';
import type { RawOperation } from './foreign.ts';
import type { Lead } from './leads.ts';
import type { Words } from './words.ts';

export type Syntax = 'json' | 'edn';

/** The fields that count, and the time, which is passed over as others are, and stands here because almost every record has it. */
export const names = [
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

/** Fields by their numbers in a record. */
export const fields = Object.fromEntries(names.map((name, number) => [name, number])) as Readonly<
  Record<(typeof names)[number], number>
>;

/** Counts say another number in each record; few words are said by many. */
export const kinds = { others: 0, count: 1, fewWords: 2 } as const;

/** By field, what kind it is of. */
export const kindOf = Uint8Array.from(names, (name) => {
  if (name === 'index' || name === 'timeNs' || name === 'time') return kinds.count;
  return name === 'type' || name === 'f' ? kinds.fewWords : kinds.others;
});

/** A record that was read; one object serves for all of a file. */
export interface PlainRecord {
  readonly syntax: Syntax;
  readonly known: Words;
  /** A bit for each field that it has. */
  has: number;
  /** By field: the number of its word, a list, or `noWord`. Of a field that it has not, whatever stood there before. */
  readonly words: Int32Array;
  /** Where its lists are, of words: behind `begin`, until they are kept, or others are made there. */
  readonly lists: Lists;
  begin: number;
  /** By field: what is neither. Indexes and times are not. */
  readonly others: unknown[];
  /** By place: how records before went on from there. */
  readonly leads: Lead[][];
}

/** Nothing is read yet. */
export const plainRecord = (syntax: Syntax, known: Words, lists: Lists): PlainRecord => ({
  syntax,
  known,
  has: 0,
  words: new Int32Array(names.length),
  lists,
  begin: lists.length,
  others: names.map(() => undefined),
  leads: [],
});

/** A field by its number. */
export const hasField = ({ has }: PlainRecord, field: number): boolean =>
  (has & (1 << field)) !== 0;

/** What a field says; undefined for one that the record has not. */
export function saidIn(record: PlainRecord, field: number): unknown {
  if (!hasField(record, field)) return undefined;
  const word = record.words[field]!;
  if (word === noWord) return record.others[field];
  return valueOf(record.known.numbering.values, record.lists, word);
}

/** Forgets its lists. */
export function dropLists({ lists, begin }: PlainRecord): void {
  lists.length = begin;
}

/** Stands for what is neither a word nor a list. */
export const noWord = noValue;

/** Stand for a name that does not count, and for the end of a record. */
export const [unknownField, theEnd] = [-1, -2];
