/** Operations: an invocation and its completion, paired. What checkers work on. */
import { absent, entryTypes, indexAt, timeAt, valueAt } from './entry-columns.ts';
import type { EntryColumns } from './entry-columns.ts';
import type { Entry, Key, ProcessId } from './entry.ts';

export interface Operation {
  /** The index of its invocation in the history. */
  readonly invokeIndex: number;
  /** The index of its completion; absent while nobody knows how it ended. */
  readonly completeIndex: number | undefined;
  readonly process: ProcessId;
  readonly f: string;
  readonly key: Key | undefined;
  /** What was asked: the invocation's value. */
  readonly input: unknown;
  /** What was answered: the value of an `ok`. */
  readonly output: unknown;
  /** `info` also stands for an operation that was still open when the history ended. */
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly error: string | undefined;
  readonly callNs: number;
  /** When it completed; infinite for `info`, which may take effect at any later time. */
  readonly returnNs: number;
}

/** What is wrong with the order of entries; the entry's index says where. */
export interface PairingProblem {
  readonly index: number;
  readonly problem: string;
}

export interface Paired {
  /** In the order of their invocations. */
  readonly operations: readonly Operation[];
  readonly problems: readonly PairingProblem[];
}

/**
 * Pairs each invocation with its completion by process. Clients' entries only, unless `select` says otherwise.
 * A completion without an invocation, and a second invocation while one is open, are named as problems; the first is
 * left out, the second leaves the earlier operation unknown.
 */
export function pair(
  entries: readonly Entry[],
  select = (entry: Entry) => typeof entry.process === 'number',
): Paired {
  const operations: (Operation | undefined)[] = [];
  const problems: PairingProblem[] = [];
  const open = new Map<ProcessId, { invoke: Entry; slot: number }>();
  for (const entry of entries) {
    if (!select(entry)) continue;
    const pending = open.get(entry.process);
    if (entry.type === 'invoke') {
      if (pending !== undefined) {
        problems.push({
          index: entry.index,
          problem: `process ${entry.process} invokes while its operation ${pending.invoke.index} is open`,
        });
        operations[pending.slot] = toOperation(pending.invoke, undefined);
      }
      open.set(entry.process, { invoke: entry, slot: operations.push(undefined) - 1 });
    } else if (pending === undefined) {
      problems.push({
        index: entry.index,
        problem: `process ${entry.process} completes an operation that it did not invoke`,
      });
    } else {
      operations[pending.slot] = toOperation(pending.invoke, entry);
      open.delete(entry.process);
    }
  }
  for (const { invoke, slot } of open.values()) operations[slot] = toOperation(invoke, undefined);
  return { operations: operations as Operation[], problems };
}

/** One operation, from its invocation and, unless nobody knows its end, its completion. */
export function toOperation(invoke: Entry, completion: Entry | undefined): Operation {
  const outcome =
    completion === undefined || completion.type === 'invoke' ? 'info' : completion.type;
  return {
    invokeIndex: invoke.index,
    completeIndex: completion?.index,
    process: invoke.process,
    f: invoke.f,
    key: invoke.key,
    input: invoke.value,
    output: outcome === 'ok' ? completion?.value : undefined,
    outcome,
    error: completion?.error,
    callNs: invoke.timeNs,
    returnNs: outcome === 'info' ? Number.POSITIVE_INFINITY : completion!.timeNs,
  };
}

/** The operations of clients in columns, in the order of their invocations; undefined where their entries cannot be paired. */
export function operationsIn(columns: EntryColumns): Operation[] | undefined {
  const { paired } = columns;
  if (paired === undefined) return undefined;
  const operations: Operation[] = [];
  for (let number = 0; number < paired.invoked.length; number++)
    operations.push(operationAt(columns, paired.invoked[number]!, paired.completed[number]!));
  return operations;
}

/** One operation of entries in columns, by their places; `completed` is -1 where nobody knows the end. */
export function operationAt(columns: EntryColumns, invoked: number, completed: number): Operation {
  const type = completed < 0 ? 'info' : entryTypes[columns.type[completed]!]!;
  const outcome = type === 'invoke' ? 'info' : type;
  const key = columns.key[invoked]!;
  return {
    invokeIndex: indexAt(columns, invoked),
    completeIndex: completed < 0 ? undefined : indexAt(columns, completed),
    process: columns.processes[columns.process[invoked]!]!,
    f: columns.functions[columns.f[invoked]!]!,
    key: key === absent ? undefined : columns.keys[key],
    input: valueAt(columns, invoked),
    output: outcome === 'ok' ? valueAt(columns, completed) : undefined,
    outcome,
    error: completed < 0 ? undefined : columns.errors.get(completed),
    callNs: timeAt(columns, invoked),
    returnNs: outcome === 'info' ? Number.POSITIVE_INFINITY : timeAt(columns, completed),
  };
}
