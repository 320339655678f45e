/** Which operations of a file may be entries: those whose invocation and completion can be paired without a doubt. */
import { absent, typeNumbers } from '../core/history/entry-columns.ts';
import type { GrowingColumns } from '../core/history/entry-columns.ts';
import { noValue } from '../core/history/lists.ts';
import { isClient } from '../core/history/entry.ts';
import type { Entry, Key, ProcessId } from '../core/history/entry.ts';
import { larger } from '../core/larger.ts';
import { numberOf } from '../core/numbering.ts';
import { at } from './foreign.ts';
import type { ProblemLog } from './problems.ts';

export interface Admission {
  /** The place of a completion's invocation; `none` for an invocation, and for what clients have no part in. */
  admit(operation: Admitted, line: number): number;
  /** The same for an operation of a client by its numbers. `leftOut` where it needs a closer look; nothing has happened then. */
  admitNumbers(process: number, isInvocation: boolean, f: number, key: number): number;
  /** Where the operation was invoked that a process has open; `none` for none. */
  openOf(process: number): number;
  /** An entry was placed that was admitted. */
  placed(place: number): void;
}

/** There is no invocation. */
export const none = -1;
/** The operation is no entry. */
export const leftOut = -2;

/** What was said by an invocation at a place, or by `none`. */
export const saidAt = ({ value }: GrowingColumns, place: number): number =>
  place === none ? noValue : value[place]!;

/** The key is undefined where none stands beside the value. */
export interface Admitted extends Pick<Entry, 'process' | 'type' | 'f'> {
  readonly key?: Key | undefined;
}

export interface Placed {
  readonly lineOf: (place: number) => number;
  /** Puts in that nobody knows how the operation ended that was invoked there. */
  abandon(invocation: number, line: number): void;
}

/** Notes what it leaves out; `history-builder.ts` has the rules. */
export function admissionOf(
  source: string,
  log: ProblemLog,
  columns: GrowingColumns,
  entries: Placed,
): Admission {
  /**
   * By process: the place of its open invocation and one, 0 for none; and what it invoked, as it did, for a key that was
   * taken out of a value may be put back.
   */
  let [open, functions, keys] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];
  const distrusted = new Set<number>();
  const numberIn = (process: ProcessId): number => {
    const number = numberOf(columns.numberings.processes, process);
    // More than once, where many nemeses were numbered in between.
    while (number >= open.length)
      [open, functions, keys] = [larger(open), larger(functions), larger(keys)];
    return number;
  };
  const isDistrusted = (number: number): boolean => distrusted.size > 0 && distrusted.has(number);
  const invoke = (process: ProcessId, number: number, line: number): void => {
    const pending = open[number]! - 1;
    if (pending === none) return;
    const problem = `process ${process} invokes while its operation of line ${entries.lineOf(pending)} is open`;
    if (!distrusted.has(number)) log.note(at(source, line, problem), 'weakens');
    distrusted.add(number);
    open[number] = 0;
    entries.abandon(pending, line);
  };
  const invokedBy = (number: number): Pick<Admitted, 'f' | 'key'> => {
    const [f, key] = [columns.functions[functions[number]!]!, keys[number]!];
    return { f, key: key === absent ? undefined : columns.keys[key] };
  };
  const complete = (operation: Admitted, number: number, line: number): number => {
    const { process, type, f, key } = operation;
    if (isDistrusted(number)) return leftOut;
    const pending = open[number]! - 1;
    open[number] = 0;
    const invoked = pending === none ? undefined : invokedBy(number);
    if (invoked?.f === f && (key === undefined || key === invoked.key)) return pending;
    const problem =
      invoked === undefined
        ? `process ${process} completes an operation that it did not invoke`
        : `process ${process} completes ${called(f, key)}, and had invoked ${called(invoked.f, invoked.key)}`;
    if (pending !== none) entries.abandon(pending, line);
    log.note(at(source, line, problem), type === 'fail' ? 'weakens' : 'misleads');
    return leftOut;
  };
  return {
    admit(operation, line) {
      const { process } = operation;
      if (!isClient(process)) return none;
      const number = numberIn(process);
      if (operation.type !== 'invoke') return complete(operation, number, line);
      invoke(process, number, line);
      return none;
    },
    admitNumbers(process, isInvocation, f, key) {
      if (process >= open.length || isDistrusted(process)) return leftOut;
      const pending = open[process]! - 1;
      if (isInvocation) return pending === none ? none : leftOut;
      const isExpected =
        pending !== none && functions[process] === f && (key === absent || keys[process] === key);
      if (!isExpected) return leftOut;
      open[process] = 0;
      return pending;
    },
    openOf: (process) => (process < open.length ? open[process]! - 1 : none),
    placed(place) {
      if (columns.type[place] !== invocation) return;
      const process = columns.process[place]!;
      if (!isClient(columns.processes[process]!)) return;
      open[process] = place + 1;
      functions[process] = columns.f[place]!;
      keys[process] = columns.key[place]!;
    },
  };
}

const invocation = typeNumbers.invoke;

const called = (f: string, key: Key | undefined): string =>
  key === undefined ? f : `${f} of key ${key}`;
