/** Which operations of a file may be entries: those whose invocation and completion can be paired without a doubt. */
import { isClient } from '../core/history/entry.ts';
import type { Entry, ProcessId } from '../core/history/entry.ts';
import { at } from './foreign.ts';
import type { ProblemLog } from './problems.ts';

export interface Admission {
  /** The invocation of a completion; undefined for an invocation, and for what clients have no part in. */
  admit(operation: Admitted, line: number): Entry | undefined | 'left-out';
  /** An invocation was placed. */
  opened(entry: Entry): void;
}

export type Admitted = Pick<Entry, 'process' | 'type' | 'f'>;

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
  const complete = ({ process, type, f }: Admitted, line: number): Entry | 'left-out' => {
    if (distrusted.has(process)) return 'left-out';
    const pending = open.get(process);
    open.delete(process);
    if (pending?.f === f) return pending;
    const problem =
      pending === undefined
        ? `process ${process} completes an operation that it did not invoke`
        : `process ${process} completes ${f}, and had invoked ${pending.f}`;
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
