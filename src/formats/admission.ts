/** Which operations of a file may be entries: those whose invocation and completion can be paired without a doubt. */
import { isClient } from '../core/history/entry.ts';
import type { Entry, Key, ProcessId } from '../core/history/entry.ts';
import { numberOf, numbering } from '../core/numbering.ts';
import { at } from './foreign.ts';
import type { ProblemLog } from './problems.ts';

export interface Admission {
  /** The place of a completion's invocation; `none` for an invocation, and for what clients have no part in. */
  admit(operation: Admitted, line: number): number;
  /** An invocation was placed. */
  opened(operation: Admitted, place: number): void;
}

/** There is no invocation. */
export const none = -1;
/** The operation is no entry. */
export const leftOut = -2;

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
export function admissionOf(source: string, log: ProblemLog, placed: Placed): Admission {
  const processes = numbering<ProcessId>();
  /** By process: the place of its open invocation and one; 0 for none. */
  const open: number[] = [];
  /** What it invoked, as it did: a key that was taken out of a value may be put back. */
  const invocations: Pick<Admitted, 'f' | 'key'>[] = [];
  const distrusted = new Set<ProcessId>();
  const invoke = (process: ProcessId, number: number, line: number): void => {
    const pending = (open[number] ??= 0) - 1;
    if (pending === none) return;
    const problem = `process ${process} invokes while its operation of line ${placed.lineOf(pending)} is open`;
    if (!distrusted.has(process)) log.note(at(source, line, problem), 'weakens');
    distrusted.add(process);
    open[number] = 0;
    placed.abandon(pending, line);
  };
  const complete = (operation: Admitted, number: number, line: number): number => {
    const { process, type, f, key } = operation;
    if (distrusted.size > 0 && distrusted.has(process)) return leftOut;
    const pending = (open[number] ??= 0) - 1;
    open[number] = 0;
    const invoked = pending === none ? undefined : invocations[number];
    if (invoked?.f === f && (key === undefined || key === invoked.key)) return pending;
    const problem =
      invoked === undefined
        ? `process ${process} completes an operation that it did not invoke`
        : `process ${process} completes ${called(f, key)}, and had invoked ${called(invoked.f, invoked.key)}`;
    if (pending !== none) placed.abandon(pending, line);
    log.note(at(source, line, problem), type === 'fail' ? 'weakens' : 'misleads');
    return leftOut;
  };
  return {
    admit(operation, line) {
      const { process } = operation;
      if (!isClient(process)) return none;
      const number = numberOf(processes, process);
      if (operation.type !== 'invoke') return complete(operation, number, line);
      invoke(process, number, line);
      return none;
    },
    opened({ process, f, key }, place) {
      if (!isClient(process)) return;
      const number = numberOf(processes, process);
      open[number] = place + 1;
      invocations[number] = { f, key };
    },
  };
}

const called = (f: string, key: Key | undefined): string =>
  key === undefined ? f : `${f} of key ${key}`;
