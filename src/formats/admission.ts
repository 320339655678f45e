/** Which operations of a file may be entries: those whose invocation and completion can be paired without a doubt. */
import { isClient } from '../core/history/entry.ts';
import type { Entry, Key, ProcessId } from '../core/history/entry.ts';
import { at } from './foreign.ts';
import type { ProblemLog } from './problems.ts';

export interface Admission {
  /** The invocation of a completion; undefined for an invocation, and for what clients have no part in. */
  admit(operation: Admitted, line: number): Entry | undefined | 'left-out';
  /** An invocation was placed. */
  opened(entry: Entry): void;
}

/** The key is undefined where none stands beside the value. */
export interface Admitted extends Pick<Entry, 'process' | 'type' | 'f'> {
  readonly key?: Key | undefined;
}

export interface Placed {
  readonly lineOf: (index: number) => number;
  /** Puts in that nobody knows how the operation ended. */
  abandon(invocation: Entry, line: number): void;
}

/** Notes what it leaves out; `history-builder.ts` has the rules. */
export function admissionOf(source: string, log: ProblemLog, placed: Placed): Admission {
  const open = new Map<ProcessId, Entry>();
  const distrusted = new Set<ProcessId>();
  const invoke = (process: ProcessId, line: number): void => {
    const pending = open.get(process);
    if (pending === undefined) return;
    const problem = `process ${process} invokes while its operation of line ${placed.lineOf(pending.index)} is open`;
    if (!distrusted.has(process)) log.note(at(source, line, problem), 'weakens');
    distrusted.add(process);
    open.delete(process);
    placed.abandon(pending, line);
  };
  const complete = ({ process, type, f, key }: Admitted, line: number): Entry | 'left-out' => {
    if (distrusted.has(process)) return 'left-out';
    const pending = open.get(process);
    open.delete(process);
    if (pending?.f === f && (key === undefined || key === pending.key)) return pending;
    const problem =
      pending === undefined
        ? `process ${process} completes an operation that it did not invoke`
        : `process ${process} completes ${called(f, key)}, and had invoked ${called(pending.f, pending.key)}`;
    if (pending !== undefined) placed.abandon(pending, line);
    log.note(at(source, line, problem), type === 'fail' ? 'weakens' : 'misleads');
    return 'left-out';
  };
  return {
    admit(operation, line) {
      if (!isClient(operation.process)) return undefined;
      if (operation.type !== 'invoke') return complete(operation, line);
      invoke(operation.process, line);
      return undefined;
    },
    opened(entry) {
      if (isClient(entry.process)) open.set(entry.process, entry);
    },
  };
}

const called = (f: string, key: Key | undefined): string =>
  key === undefined ? f : `${f} of key ${key}`;
