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
import { isClient } from '../core/history/entry.ts';
import type { Entry, History, HistoryHeader } from '../core/history/entry.ts';
import { admissionOf } from './admission.ts';
import { noteDuplicateAppends } from './duplicate-appends.ts';
import { at, toFields } from './foreign.ts';
import type { Fields, RawOperation } from './foreign.ts';
import { growingList } from './growing-list.ts';
import { keySplit } from './independent.ts';
import type { Independent } from './independent.ts';
import { lineNumbers } from './line-numbers.ts';
import { problemLog } from './problems.ts';
import type { ProblemLog, Problems } from './problems.ts';
import { shared } from './shared.ts';

/** A history as a file gives it. */
export interface ReadHistory extends History {
  readonly problems: Problems;
  /** The line that an entry is from. */
  readonly lineOf: (index: number) => number;
}

export interface HistoryBuilder {
  readonly source: string;
  readonly log: ProblemLog;
  /** Takes an operation of another tool; one that cannot be an entry is noted as a problem. */
  addRaw(operation: RawOperation, line: number): void;
  /** Takes an entry of dsp's own, and places it. */
  addEntry(entry: Entry, line: number): void;
  /** The header of dsp's own histories. */
  setHeader(header: HistoryHeader): void;
  /** The last line was cut off, which is what a kill leaves and no problem of the file's. */
  setTorn(): void;
  finish(): ReadHistory;
}

export interface BuilderOptions {
  /** Throws at the first problem. */
  readonly strict: boolean;
  readonly independent: Independent;
}

export function historyBuilder(source: string, options: BuilderOptions): HistoryBuilder {
  const log = problemLog(options.strict);
  const entries = growingList<Entry>();
  const lines = lineNumbers();
  const split = keySplit(options.independent, entries);
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
  const push = (entry: Entry, line: number): void => {
    entries.push(entry);
    lines.push(line);
  };
  /** Where a file does not say how an operation ended, and its process goes on. */
  const abandon = ({ process, f }: Entry, line: number): void => {
    const index = entries.length;
    const timeNs = header === foreignHeader ? index : entries.last().timeNs;
    push({ index, timeNs, process, type: 'info', f, value: null }, line);
  };
  const admission = admissionOf(source, log, { lineOf: lines.at, abandon });
  const place = (entry: Entry, invocation: Entry | undefined, line: number): void => {
    push(entry, line);
    if (entry.type === 'invoke') admission.opened(entry);
    else if (invocation !== undefined) shareValue(entry, invocation);
  };
  return {
    source,
    log,
    addRaw(operation, line) {
      noteOrder(operation.index, line);
      const fields = readFields(operation, source, line, log);
      if (fields === undefined) return;
      const invocation = admission.admit(fields, line);
      if (invocation === 'left-out') return;
      const problem = isClient(fields.process) ? split.split(fields, invocation) : undefined;
      if (problem === undefined) {
        place(entryOf(fields, entries.length), invocation, line);
        return;
      }
      log.note(at(source, line, problem), 'misleads');
      if (invocation !== undefined) abandon(invocation, line);
    },
    addEntry(entry, line) {
      const invocation = admission.admit(entry, line);
      if (invocation === 'left-out') return;
      if (entry.index !== entries.length) (entry as { index: number }).index = entries.length;
      place(entry, invocation, line);
    },
    setHeader: (own) => void (header = own),
    setTorn: () => void (torn = true),
    finish() {
      split.finish();
      const all = entries.take();
      noteDuplicateAppends(all, (index, problem) =>
        log.note(at(source, lines.at(index), problem), 'misleads'),
      );
      return { header, entries: all, torn, problems: log.problems, lineOf: lines.at };
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

/** An entry has the fields that it needs and no others: there may be millions. */
function entryOf({ process, type, f, key, value, error }: Fields, index: number): Entry {
  const entry =
    key === undefined
      ? { index, timeNs: index, process, type, f, value }
      : { index, timeNs: index, process, type, f, key, value };
  return error === undefined ? entry : { ...entry, error };
}

/** A completion mostly repeats what was asked; then both hold the same arrays. */
function shareValue(entry: Entry, { value }: Entry): void {
  if (typeof value === 'object' && value !== null)
    (entry as { value: unknown }).value = shared(entry.value, value);
}
