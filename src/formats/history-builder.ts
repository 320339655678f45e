/**
 * Makes a history of the operations that a reader finds, one after the other, and sees to it that it is well formed:
 * what cannot be trusted becomes unknown or is left out, and is named. Checkers rely on it.
 *
 * - A completion without an invocation is left out.
 * - From the moment that a process invokes while its operation is open, its completions cannot be told apart: they are
 *   left out, and all its operations from there on are unknown; where it invokes again, an `info` is put in for the one before.
 * - A completion of another function than was invoked is left out, and the operation unknown.
 *
 * Time is the order of the file, unless entries bring their own.
 */
import { DspError } from '../core/errors.ts';
import {
  giveTimes,
  growingColumns,
  historyInColumns,
  numberOfValue,
  pairColumns,
  pushEntry,
} from '../core/history/entry-columns.ts';
import type { EntryColumns, Said } from '../core/history/entry-columns.ts';
import { isClient } from '../core/history/entry.ts';
import type { Entry, History, HistoryHeader } from '../core/history/entry.ts';
import type { Lists } from '../core/history/lists.ts';
import { admissionOf, leftOut, none, saidAt } from './admission.ts';
import { noteDuplicateAppends } from './duplicate-appends.ts';
import { at, operationOf, rawOperation, toFields } from './foreign.ts';
import type { Fields, RawOperation } from './foreign.ts';
import { keySplit } from './independent.ts';
import type { Independent } from './independent.ts';
import { lineNumbers } from './line-numbers.ts';
import { dropLists, fields, hasField } from './plain-record.ts';
import type { PlainRecord } from './plain-record.ts';
import { problemLog } from './problems.ts';
import type { ProblemLog, Problems } from './problems.ts';
import { quickAdder } from './quick-adder.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words.ts';

/** A history as a file gives it. */
export interface ReadHistory extends History {
  readonly columns: EntryColumns;
  readonly problems: Problems;
  /** The line that an entry is from. */
  readonly lineOf: (index: number) => number;
}

export interface HistoryBuilder {
  readonly source: string;
  readonly log: ProblemLog;
  /** The words of its plain records, and where their lists are to be. */
  readonly words: Words;
  readonly lists: Lists;
  /** Takes an operation of another tool; one that cannot be an entry is noted as a problem. */
  addRaw(operation: RawOperation, line: number): void;
  /** The same for a plain record. */
  addPlain(record: PlainRecord, line: number): void;
  /**
   * Takes an entry all of whose words are known already, and in which nothing is wrong. False for any other, to be added
   * in another way; nothing has happened then.
   */
  takes(record: PlainRecord, line: number): boolean;
  /** Takes an entry of dsp's own; its index is of no account. */
  addEntry(entry: Omit<Entry, 'index'>, line: number): void;
  /** The header of dsp's own histories, before the first entry. */
  setHeader(header: HistoryHeader): void;
  /** The last line was cut off, which is what a kill leaves and no problem of the file's. */
  setTorn(): void;
  finish(): ReadHistory;
}

export interface BuilderOptions {
  /** Throws at the first problem. */
  readonly strict: boolean;
  readonly independent: Independent;
  /** About how many entries there will be, and how many numbers in their lists. */
  readonly room?: number;
  readonly listRoom?: number;
  /** Of its lists. */
  readonly memoryBytesMax?: number;
}

export function historyBuilder(source: string, options: BuilderOptions): HistoryBuilder {
  const log = problemLog(options.strict);
  const columns = growingColumns(options.room, options.listRoom, options.memoryBytesMax);
  const lines = lineNumbers();
  const split = keySplit(options.independent, columns);
  let header: HistoryHeader = foreignHeader;
  let torn = false;
  let lastIndex = Number.NEGATIVE_INFINITY;
  /** A file that was sorted by something else than time would be judged wrongly, and in silence. */
  const noteOrder = (index: unknown, line: number): void => {
    if (typeof index !== 'number') return;
    if (index <= lastIndex)
      log.note(at(source, line, `index is ${index}, after ${lastIndex}`), 'misleads');
    lastIndex = index;
  };
  /** Where a file does not say how an operation ended, and its process goes on. */
  const abandon = (invocation: number, line: number): void => {
    const process = columns.processes[columns.process[invocation]!]!;
    const f = columns.functions[columns.f[invocation]!]!;
    pushEntry(
      columns,
      { process, type: 'info', f },
      numberOfValue(columns, null),
      columns.timeNs?.[columns.length - 1],
    );
    lines.push(line);
  };
  const admission = admissionOf(source, log, columns, { lineOf: lines.at, abandon });
  /** A completion repeats what its invocation said. */
  const valueOf = (value: unknown, invocation: number): number =>
    numberOfValue(columns, value, saidAt(columns, invocation));
  const place = (
    said: Said & Pick<Entry, 'value'>,
    invocation: number,
    line: number,
    timeNs?: number,
  ): void => {
    const index = pushEntry(columns, said, valueOf(said.value, invocation), timeNs);
    lines.push(line);
    admission.placed(index);
  };
  const words = wordsIn(columns.numberings.values);
  const addQuickly = quickAdder(columns, words, admission, split, valueOf);
  const operation = rawOperation();
  const addRaw = (raw: RawOperation, line: number): void => {
    noteOrder(raw.index, line);
    const said = readFields(raw, source, line, log);
    if (said === undefined) return;
    const invocation = admission.admit(said, line);
    if (invocation === leftOut) return;
    const problem = isClient(said.process) ? split.split(said, invocation) : undefined;
    if (problem === undefined) {
      place(said, invocation, line);
      return;
    }
    log.note(at(source, line, problem), 'misleads');
    if (invocation !== none) abandon(invocation, line);
  };
  const adds = (record: PlainRecord, line: number): boolean => {
    const isOwn = columns.timeNs !== undefined;
    if (!addQuickly(record, isOwn)) return false;
    lines.push(line);
    if (!isOwn && hasField(record, fields.index)) noteOrder(record.others[fields.index], line);
    return true;
  };
  return {
    source,
    log,
    words,
    lists: columns.lists,
    addRaw,
    takes: adds,
    addPlain(record, line) {
      if (adds(record, line)) return;
      operationOf(record, operation);
      dropLists(record);
      addRaw(operation, line);
    },
    addEntry(entry, line) {
      const invocation = admission.admit(entry, line);
      if (invocation !== leftOut) place(entry, invocation, line, entry.timeNs);
    },
    setHeader(own) {
      header = own;
      giveTimes(columns);
    },
    setTorn: () => void (torn = true),
    finish() {
      split.finish();
      columns.paired = pairColumns(columns);
      noteDuplicateAppends(columns, (place, problem) =>
        log.note(at(source, lines.at(place), problem), 'misleads'),
      );
      const read = { problems: log.problems, lineOf: lines.at };
      return Object.assign(historyInColumns(header, columns, torn), read);
    },
  };
}

const foreignHeader: HistoryHeader = {
  format: 'dsp-history',
  version: 1,
  originNs: 0,
  startedAt: '',
};

function readFields(
  operation: RawOperation,
  source: string,
  line: number,
  log: ProblemLog,
): Fields | undefined {
  try {
    return toFields(operation, source, line);
  } catch (thrown) {
    if (!(thrown instanceof DspError)) throw thrown;
    log.unreadable(thrown);
    return undefined;
  }
}
