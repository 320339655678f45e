/**
 * The quick way into the columns of a history, by numbers alone: for records all of whose words are known, which is
 * almost all of them, and only for what the slow way would take as it is.
 */
import {
  absent,
  addRow,
  entryTypes,
  numberOfValue,
  typeNumbers,
} from '../core/history/entry-columns.ts';
import type { GrowingColumns } from '../core/history/entry-columns.ts';
import { isList, itemOfList, keptList, sizeOfList } from '../core/history/lists.ts';
import type { EntryType, Key } from '../core/history/entry.ts';
import type { NodeId } from '../core/ids.ts';
import { knownNumberOf } from '../core/numbering.ts';
import { leftOut, none, saidAt } from './admission.ts';
import type { Admission } from './admission.ts';
import type { KeySplit } from './independent.ts';
import { meaningOf, meanings } from './meanings.ts';
import { dropLists, fields, hasField, noWord } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';
import type { Words } from './words.ts';

/**
 * Adds the entry that a record is, which is read into the lists of the history; false where it cannot, and then nothing has
 * happened.
 */
export type QuickAdder = (record: PlainRecord, isOwn: boolean) => boolean;

export function quickAdder(
  columns: GrowingColumns,
  { numbering: { values: said }, nothing }: Words,
  admission: Admission,
  split: KeySplit,
  numberOf: (value: unknown, invocation: number) => number,
): QuickAdder {
  const { numberings } = columns;
  const types = meanings((word) => typeNumberOf(said[word]));
  const clients = meanings((word) => {
    const process = said[word];
    return typeof process === 'number' ? knownNumberOf(numberings.processes, process) : undefined;
  });
  const functions = meanings((word) => {
    const f = said[word];
    // Of another tool it may be a keyword with its colon still, and stand for what comes after that.
    if (typeof f !== 'string' || f.startsWith(':')) return undefined;
    return knownNumberOf(numberings.functions, f);
  });
  const keys = meanings((word) => knownNumberOf(numberings.keys, said[word] as Key));
  const nodes = meanings((word) => knownNumberOf(numberings.nodes, said[word] as NodeId));
  let missing = absent;
  /** What an own entry without a value says is as missing as it is in memory, where a client gave nothing back. */
  const valueMissing = (isOwn: boolean): number => {
    if (!isOwn) return nothing;
    if (missing === absent) missing = numberOfValue(columns, undefined);
    return missing;
  };
  /** The key of a pair that may be split; `absent` for what needs a closer look. */
  const keyOfPair = (
    { lists }: PlainRecord,
    pair: number,
    process: number,
    f: number,
    isInvocation: boolean,
  ): number => {
    if (!isList(pair) || sizeOfList(lists, pair) !== 2) return absent;
    const key = meaningOf(keys, itemOfList(lists, pair, 0));
    if (!isInvocation && keyAt(columns, admission.openOf(process)) !== key) return absent;
    const saysNothing = itemOfList(lists, pair, 1) === nothing;
    return split.isPlain(columns.functions[f]!, isInvocation, saysNothing) ? key : absent;
  };
  /** Of the record's lists the value is kept alone. */
  const settled = (record: PlainRecord, word: number, invocation: number): number => {
    const { lists, begin, others } = record;
    if (isList(word)) return keptList(said, lists, begin, word, saidAt(columns, invocation));
    dropLists(record);
    return word === noWord ? numberOf(others[fields.value], invocation) : word;
  };
  return (record, isOwn) => {
    const { has, words, others } = record;
    if ((has & needed) !== needed) return false;
    const type = meaningOf(types, words[fields.type]!);
    const process = meaningOf(clients, words[fields.process]!);
    const f = meaningOf(functions, words[fields.f]!);
    if (type === absent || process === absent || f === absent) return false;
    let [key, node, timeNs] = [absent, absent, 0];
    let error: unknown;
    if (hasField(record, fields.key)) {
      key = meaningOf(keys, words[fields.key]!);
      if (key === absent) return false;
    }
    if (hasField(record, fields.error)) {
      error = said[words[fields.error]!];
      if (typeof error !== 'string') return false;
    }
    if (isOwn) {
      if (!hasField(record, fields.timeNs)) return false;
      const time = others[fields.timeNs];
      if (typeof time !== 'number') return false;
      timeNs = time;
      if (hasField(record, fields.node)) {
        node = meaningOf(nodes, words[fields.node]!);
        if (node === absent) return false;
      }
    }
    let word = hasField(record, fields.value) ? words[fields.value]! : valueMissing(isOwn);
    const isInvocation = type === typeNumbers.invoke;
    const isSplit = !isOwn && !split.isOver();
    if (isSplit && key !== absent) return false;
    const inPair = isSplit ? keyOfPair(record, word, process, f, isInvocation) : absent;
    if (isSplit && inPair === absent) return false;
    const invocation = admission.admitNumbers(process, isInvocation, f, key);
    if (invocation === leftOut) return false;
    if (isSplit) {
      key = inPair;
      word = itemOfList(record.lists, word, 1);
    }
    const place = addRow(columns);
    columns.process[place] = process;
    columns.type[place] = type;
    columns.f[place] = f;
    columns.key[place] = key;
    columns.node[place] = node;
    columns.value[place] = settled(record, word, invocation);
    if (error !== undefined) columns.errors.set(place, error as string);
    if (isOwn) columns.timeNs![place] = timeNs;
    admission.placed(place);
    return true;
  };
}

const keyAt = ({ key }: GrowingColumns, place: number): number =>
  place === none ? absent : key[place]!;

const needed = (1 << fields.type) | (1 << fields.process) | (1 << fields.f);

function typeNumberOf(type: unknown): number | undefined {
  const number = entryTypes.indexOf(type as EntryType);
  return number < 0 ? undefined : number;
}
