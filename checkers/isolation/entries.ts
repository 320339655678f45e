/**
 * Transactions of a history's entries: each invocation with its completion, and the micro-operations that count. Anything that
 * is not what it should be is refused, for a verdict on it would be worth nothing.
 */
import { int32Array, uint8Array } from './arrays.ts';
import { dataError } from '../../src/core/errors.ts';
import type { DspError } from '../../src/core/errors.ts';
import { entryTypes, indexAt, typeNumbers } from '../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../src/core/history/entry-columns.ts';
import { isClient } from '../../src/core/history/entry.ts';
import type { EntryType, ProcessId } from '../../src/core/history/entry.ts';
import { atom } from '../linearizability/models/values.ts';
import type { Meter } from './meter.ts';
import { outcomes } from './transactions.ts';

/** One micro-operation as Jepsen and Elle write it: `["append", 5, 1]`, `["r", 5, [1]]`. */
export type Mop = readonly [f: string, key: unknown, value: unknown];

/** Transactions in the order of their invocations, by the places of their entries. */
export interface PairedEntries {
  readonly invoke: Int32Array;
  /** -1 where nobody said how it ended. */
  readonly complete: Int32Array;
  readonly outcome: Uint8Array;
  /** Numbers of processes, without gaps. */
  readonly process: Int32Array;
  readonly processNames: readonly ProcessId[];
}

/**
 * Told of each transaction as it begins, and, when its entries are still at hand, as it ends; at last of those that never
 * did, whose completion is -1. By the places of their entries.
 */
export interface PairReader {
  begin(transaction: number, invoked: number): void;
  end(transaction: number, invoked: number, completed: number): void;
}

/** Clients' entries; throws a `data` error where they do not alternate, or one is no transaction. */
export function pairEntries(
  entries: EntryColumns,
  reader: PairReader,
  meter: Meter,
): PairedEntries {
  const { length: count, type, f, process: processOf, processes, functions } = entries;
  meter.take(count * 13);
  const invoke = int32Array(count);
  const complete = int32Array(count);
  const outcome = uint8Array(count);
  const process = int32Array(count);
  const isOfClient = Uint8Array.from(processes, (each) => (isClient(each) ? 1 : 0));
  const isTransaction = Uint8Array.from(functions, (each) => (each === 'txn' ? 1 : 0));
  /** By process: its number among clients and one, and its transaction that is open and one. */
  const numbers = new Int32Array(processes.length);
  const open = new Int32Array(processes.length);
  const processNames: ProcessId[] = [];
  let size = 0;
  for (let at = 0; at < count; at++) {
    const who = processOf[at]!;
    if (isOfClient[who] === 0) continue;
    if (isTransaction[f[at]!] === 0) throw wrong(entries, at, `f is ${functions[f[at]!]}, not txn`);
    if (numbers[who] === 0) numbers[who] = processNames.push(processes[who]!);
    const pending = open[who]! - 1;
    if (type[at] === typeNumbers.invoke) {
      if (pending !== none) throw isOpen(entries, at, invoke[pending]!);
      invoke[size] = at;
      complete[size] = none;
      outcome[size] = outcomes.info;
      process[size] = numbers[who]! - 1;
      open[who] = size + 1;
      reader.begin(size++, at);
    } else {
      if (pending === none)
        throw wrong(
          entries,
          at,
          `process ${processes[who]} completes an operation that it did not invoke`,
        );
      complete[pending] = at;
      outcome[pending] = outcomes[entryTypes[type[at]!]! as Exclude<EntryType, 'invoke'>];
      open[who] = 0;
      reader.end(pending, invoke[pending]!, at);
    }
    meter.step(2);
  }
  for (const pending of open) if (pending > 0) reader.end(pending - 1, invoke[pending - 1]!, none);
  return {
    invoke: invoke.subarray(0, size),
    complete: complete.subarray(0, size),
    outcome: outcome.subarray(0, size),
    process: process.subarray(0, size),
    processNames,
  };
}

/** The place where a transaction is invoked. */
export function invocationOf(
  { type, process, processes }: EntryColumns,
  transaction: number,
): number {
  let left = transaction;
  for (let at = 0; ; at++)
    if (type[at] === typeNumbers.invoke && isClient(processes[process[at]!]!) && left-- === 0)
      return at;
}

const none = -1;

/** A `data` error that names an entry. */
export const wrong = (entries: EntryColumns, place: number, problem: string): DspError =>
  dataError(`entry ${indexAt(entries, place)}: ${problem}`);

function isOpen(entries: EntryColumns, place: number, earlier: number): DspError {
  const process = entries.processes[entries.process[place]!];
  const operation = indexAt(entries, earlier);
  return wrong(
    entries,
    place,
    `process ${process} invokes while its operation ${operation} is open`,
  );
}

const valueAt = ({ value, values }: EntryColumns, place: number): unknown => values[value[place]!];

/** What an entry holds as a list; what its parts are is looked at one by one. Throws a `data` error for anything else. */
export function listOf(entries: EntryColumns, place: number): readonly unknown[] {
  const value = valueAt(entries, place);
  if (!Array.isArray(value))
    throw wrong(entries, place, 'its value is no list of micro-operations');
  return value as readonly unknown[];
}

/**
 * The list of what was done, where the completion has it: one that failed did nothing, and one whose end nobody knows may say
 * nothing. Throws a `data` error if it is of another transaction.
 */
export function answersTo(
  entries: EntryColumns,
  asked: readonly unknown[],
  invoked: number,
  completed: number,
): readonly unknown[] | undefined {
  if (completed === none || entries.type[completed] === typeNumbers.fail) return undefined;
  if (entries.type[completed] === typeNumbers.info && !Array.isArray(valueAt(entries, completed)))
    return undefined;
  const answers = listOf(entries, completed);
  if (answers.length !== asked.length) throw isOfAnother(entries, completed, invoked);
  return answers;
}

const isOfAnother = (entries: EntryColumns, completed: number, invoked: number): DspError =>
  wrong(
    entries,
    completed,
    `completes another transaction than entry ${indexAt(entries, invoked)} invokes`,
  );

/** Throws a `data` error for anything that is no micro-operation. */
export function mopOf(entries: EntryColumns, said: unknown, place: number): Mop {
  if (Array.isArray(said) && (said.length === 3 || said.length === 2))
    return said as unknown as Mop;
  throw wrong(
    entries,
    place,
    `${JSON.stringify(said)} is no micro-operation; one is [f, key, value]`,
  );
}

/** The micro-operation as it was answered, which must be the one that was asked, so that no answer is taken for that of another question. */
export function answered(
  entries: EntryColumns,
  asked: Mop,
  said: unknown,
  invoked: number,
  completed: number,
): Mop {
  if (said === asked) return asked;
  const mop = mopOf(entries, said, completed);
  const isAnswer =
    mop[0] === asked[0] && isSame(mop[1], asked[1]) && (mop[0] === 'r' || isSame(mop[2], asked[2]));
  if (!isAnswer) throw isOfAnother(entries, completed, invoked);
  return mop;
}

const isSame = (a: unknown, b: unknown): boolean => a === b || atom(a) === atom(b);
