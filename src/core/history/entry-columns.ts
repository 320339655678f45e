/**
 * The entries of a history in columns, as a file is read into: whole numbers only. A million operations are two million
 * entries; as objects they would take several times as much memory, and the collector of garbage would walk over each of
 * them again and again.
 *
 * Processes, functions, keys, nodes and values are numbers, in the order of first mention.
 */
import { larger } from '../larger.ts';
import { isSmall, numberOf, numbering } from '../numbering.ts';
import type { Numbering } from '../numbering.ts';
import type { NodeId } from '../ids.ts';
import { isClient } from './entry.ts';
import type { Entry, EntryType, History, HistoryHeader, Key, ProcessId } from './entry.ts';
import { addItem, beginList, endList, likeItem, noLists, noValue, valueOf } from './lists.ts';
import type { Lists } from './lists.ts';

export interface EntryColumns {
  readonly length: number;
  readonly processes: readonly ProcessId[];
  readonly functions: readonly string[];
  readonly keys: readonly Key[];
  readonly nodes: readonly NodeId[];
  /** Small whole numbers stand here once, other plain values seldom more than once, maps as often as they are said. */
  readonly values: readonly unknown[];
  /** What is said in lists (lists.ts). */
  readonly lists: Readonly<Lists>;
  /** By place, here and below; an array may be longer than `length`. */
  readonly process: Int32Array;
  /** Places in `entryTypes`. */
  readonly type: Uint8Array;
  readonly f: Int32Array;
  /** `absent` where an entry has none; so for nodes. */
  readonly key: Int32Array;
  readonly node: Int32Array;
  /** Places in `values`, and lists. */
  readonly value: Int32Array;
  /** Undefined where they cannot be paired: a client completes what it did not invoke, or invokes while its operation is open. */
  readonly paired: PairedColumns | undefined;
  /** Of those that have one. */
  readonly errors: ReadonlyMap<number, string>;
  /** Undefined where an entry's time is its place. */
  readonly timeNs: Float64Array | undefined;
  /** Undefined where an entry's index is its place, as in every file. */
  readonly index: Int32Array | undefined;
}

type Unpaired = Omit<EntryColumns, 'paired'>;

/** What pairing the entries of clients gives: their operations, in the order of their invocations. */
export interface PairedColumns {
  /** By operation, the places where it is invoked, and where it completes; `absent` if nowhere. */
  readonly invoked: Int32Array;
  readonly completed: Int32Array;
  /** By the number of a key and one, how many operations are on it. */
  readonly countOf: Int32Array;
}

/** The types by their numbers, and the other way round. */
export const entryTypes = ['invoke', 'ok', 'fail', 'info'] as const satisfies readonly EntryType[];
export const typeNumbers = { invoke: 0, ok: 1, fail: 2, info: 3 } as const;
/** Stands for no key, and for no node. */
export const absent = -1;

/** The index of the entry at a place. */
export const indexAt = ({ index }: Pick<EntryColumns, 'index'>, place: number): number =>
  index === undefined ? place : index[place]!;

/** In nanoseconds, as the entry's. */
export const timeAt = ({ timeNs }: EntryColumns, place: number): number =>
  timeNs === undefined ? place : timeNs[place]!;

/** What is said at a place; a list is made anew. */
export const valueAt = ({ value, values, lists }: EntryColumns, place: number): unknown =>
  valueOf(values, lists, value[place]!);

/** The entry at a place, made anew. An entry has the fields that it needs and no others. */
export function entryAt(columns: EntryColumns, place: number): Entry {
  const index = indexAt(columns, place);
  const process = columns.processes[columns.process[place]!]!;
  const type = entryTypes[columns.type[place]!]!;
  const f = columns.functions[columns.f[place]!]!;
  const value = valueAt(columns, place);
  const timeNs = timeAt(columns, place);
  const [key, node] = [columns.key[place]!, columns.node[place]!];
  const error = columns.errors.get(place);
  const entry =
    key === absent
      ? { index, timeNs, process, type, f, value }
      : { index, timeNs, process, type, f, key: columns.keys[key]!, value };
  if (error === undefined && node === absent) return entry;
  return {
    ...entry,
    ...(error === undefined ? {} : { error }),
    ...(node === absent ? {} : { node: columns.nodes[node]! }),
  };
}

/** How much memory they take, about, without what V8 counts. */
export const bytesOfColumns = ({ length, lists, timeNs, paired }: EntryColumns): number =>
  length * (timeNs === undefined ? bytesPerEntry : bytesPerEntry + 8) +
  4 * lists.length +
  8 * (paired?.invoked.length ?? 0);

/** Five numbers and a type. */
const bytesPerEntry = 21;

/** What of a history is judged. */
export type Recorded = Pick<History, 'entries' | 'columns'>;

/** All of them as objects. */
export function entriesOf(columns: EntryColumns): Entry[] {
  const entries: Entry[] = [];
  for (let place = 0; place < columns.length; place++) entries.push(entryAt(columns, place));
  return entries;
}

/** How many, without making any. */
export const entryCount = (history: Recorded): number =>
  history.columns?.length ?? history.entries.length;

/** By the number of a process: 1 for a client. */
export const clientsIn = ({ processes }: Unpaired): Uint8Array =>
  Uint8Array.from(processes, (each) => (isClient(each) ? 1 : 0));

/** How many operations clients invoked. */
export function operationCount(columns: Unpaired): number {
  const { length, type, process } = columns;
  const isOfClient = clientsIn(columns);
  let count = 0;
  for (let place = 0; place < length; place++)
    if (type[place] === typeNumbers.invoke) count += isOfClient[process[place]!]!;
  return count;
}

/** The columns of a list of entries; undefined where one is of no type, or indexes do not grow, or not fit. */
export function columnsOfEntries(entries: readonly Entry[]): EntryColumns | undefined {
  const columns = growingColumns(Math.max(1, entries.length));
  giveTimes(columns);
  /** By process: what it said last, which its next entry mostly repeats. */
  const lastOf = new Map<ProcessId, number>();
  const indexes = new Int32Array(entries.length);
  let isPlace = true;
  let last = -1;
  for (let place = 0; place < entries.length; place++) {
    const entry = entries[place]!;
    const { index } = entry;
    if (!(index > last && index <= indexMax && Number.isInteger(index))) return undefined;
    if (!(entryTypes as readonly unknown[]).includes(entry.type)) return undefined;
    if (index !== place) isPlace = false;
    indexes[place] = last = index;
    const value = numberOfValue(columns, entry.value, lastOf.get(entry.process));
    lastOf.set(entry.process, value);
    pushEntry(columns, entry, value, entry.timeNs);
  }
  if (!isPlace) columns.index = indexes;
  columns.paired = pairColumns(columns);
  return columns;
}

/** Undefined where entries cannot be paired. */
export function pairColumns(columns: Unpaired): PairedColumns | undefined {
  const { length, type, process, processes, key, keys } = columns;
  const count = operationCount(columns);
  const invoked = new Int32Array(count);
  const completed = new Int32Array(count).fill(absent);
  const countOf = new Int32Array(keys.length + 1);
  const isOfClient = clientsIn(columns);
  /** By process: its open operation and one; 0 for none. */
  const open = new Int32Array(processes.length);
  let next = 0;
  for (let place = 0; place < length; place++) {
    const who = process[place]!;
    if (isOfClient[who] === 0) continue;
    const isInvocation = type[place] === typeNumbers.invoke;
    if (isInvocation !== (open[who] === 0)) return undefined;
    if (isInvocation) {
      countOf[key[place]! + 1]!++;
      invoked[next++] = place;
      open[who] = next;
    } else {
      completed[open[who]! - 1] = place;
      open[who] = 0;
    }
  }
  return { invoked, completed, countOf };
}

const indexMax = 2 ** 31 - 1;

/** Columns to which entries are added. Data, and functions of it, for they run once for each of millions of entries. */
export interface GrowingColumns extends Mutable<EntryColumns> {
  readonly errors: Map<number, string>;
  readonly values: unknown[];
  readonly lists: Lists;
  readonly numberings: Numberings;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Numberings {
  readonly processes: Numbering<ProcessId>;
  readonly functions: Numbering<string>;
  readonly keys: Numbering<Key>;
  readonly nodes: Numbering<NodeId>;
  readonly values: Numbering<unknown>;
}

/**
 * Empty, with room for so many, and for so many numbers of their lists. `HistoryTooLarge` is thrown about when those take
 * more than so many bytes.
 */
export function growingColumns(
  room = 1024,
  listRoom = room,
  listBytesMax = Number.POSITIVE_INFINITY,
): GrowingColumns {
  const numberings = {
    processes: numbering<ProcessId>(),
    functions: numbering<string>(),
    keys: numbering<Key>(),
    nodes: numbering<NodeId>(),
    values: numbering<unknown>(),
  };
  return {
    length: 0,
    numberings,
    processes: numberings.processes.values,
    functions: numberings.functions.values,
    keys: numberings.keys.values,
    nodes: numberings.nodes.values,
    values: numberings.values.values,
    process: new Int32Array(room),
    type: new Uint8Array(room),
    f: new Int32Array(room),
    key: new Int32Array(room),
    node: new Int32Array(room),
    value: new Int32Array(room),
    lists: noLists(Math.min(listRoom, listBytesMax / 4), listBytesMax / 4),
    paired: undefined,
    errors: new Map(),
    timeNs: undefined,
    index: undefined,
  };
}

/** What an entry says, but for its value; its index is its place. */
export interface Said extends Pick<Entry, 'process' | 'type' | 'f'> {
  readonly key?: Key | undefined;
  readonly error?: string | undefined;
  readonly node?: NodeId | undefined;
}

/** Adds an entry at the end, and returns its place. `value` is a number; the time is its place unless all are given one. */
export function pushEntry(
  columns: GrowingColumns,
  said: Said,
  value: number,
  timeNs?: number,
): number {
  const { numberings } = columns;
  const place = addRow(columns);
  columns.process[place] = numberOf(numberings.processes, said.process);
  columns.type[place] = typeNumbers[said.type];
  columns.f[place] = numberOf(numberings.functions, said.f);
  columns.key[place] = said.key === undefined ? absent : numberOf(numberings.keys, said.key);
  columns.node[place] = said.node === undefined ? absent : numberOf(numberings.nodes, said.node);
  columns.value[place] = value;
  if (said.error !== undefined) columns.errors.set(place, said.error);
  if (columns.timeNs !== undefined) columns.timeNs[place] = timeNs!;
  return place;
}

/** Makes room for an entry at the end, whose place it returns. Its columns are to be filled by the caller. */
export function addRow(columns: GrowingColumns): number {
  const place = columns.length++;
  if (place === columns.type.length) grow(columns);
  return place;
}

/**
 * Of a map, and a number that is not small, a new one: they are seldom said twice. Of a list what it has in common with
 * `like` is not kept twice: the completion of a transaction repeats all its writes.
 */
export function numberOfValue(
  columns: GrowingColumns,
  value: unknown,
  like = noValue,
  depth = 0,
): number {
  const { numberings, values, lists } = columns;
  if (Array.isArray(value) && depth < depthMax) {
    const begin = beginList();
    for (let at = 0; at < value.length; at++)
      addItem(numberOfValue(columns, value[at], likeItem(lists, like, at), depth + 1));
    return endList(lists, begin, like);
  }
  return like >= 0 && Object.is(values[like], value)
    ? like
    : numberOfPlain(numberings.values, value);
}

/** Of what is no list. */
export function numberOfPlain(numbering: Numbering<unknown>, value: unknown): number {
  const isRepeated =
    typeof value === 'number' ? isCounted(value) : typeof value !== 'object' || value === null;
  return isRepeated ? numberOf(numbering, value) : numbering.values.push(value) - 1;
}

/** Deeper lists stay as they are, among the values. */
const depthMax = 16;

/** Small, and not -0, which is not 0. */
const isCounted = (value: number): boolean => isSmall(value) && !Object.is(value, -0);

/** From now on entries bring their times. There must be none yet. */
export function giveTimes(columns: GrowingColumns): void {
  columns.timeNs = new Float64Array(columns.type.length);
}

function grow(columns: GrowingColumns): void {
  for (const name of ['process', 'f', 'key', 'node', 'value'] as const)
    columns[name] = larger(columns[name]);
  const { type, timeNs } = columns;
  columns.type = new Uint8Array(2 * type.length);
  columns.type.set(type);
  if (timeNs === undefined) return;
  columns.timeNs = new Float64Array(2 * timeNs.length);
  columns.timeNs.set(timeNs);
}

/** A history as it is read. A copy of it with other entries, as by `{ ...history, entries }`, has no columns. */
export function historyInColumns(
  header: HistoryHeader,
  columns: EntryColumns,
  torn: boolean,
): History & { readonly columns: EntryColumns } {
  let entries: readonly Entry[] | undefined;
  const history: History = {
    header,
    get entries() {
      return (entries ??= entriesOf(columns));
    },
    torn,
  };
  return Object.defineProperty(history, 'columns', { value: columns }) as ReturnType<
    typeof historyInColumns
  >;
}
