/**
 * Transactions of a history's entries: each invocation with its completion, and the micro-operations that count. Anything that
 * is not what it should be is refused, for a verdict on it would be worth nothing.
 */
import { int32Array, uint8Array } from './arrays.ts';
import { dataError } from '../../src/core/errors.ts';
import type { EntryList } from '../../src/core/history/entry-columns.ts';
import type { Entry, ProcessId } from '../../src/core/history/entry.ts';
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

/** Told of each transaction as it begins, and, when its entries are still at hand, as it ends; at last of those that never did. */
export interface PairReader {
  begin(transaction: number, invocation: Entry): void;
  end(transaction: number, invocation: Entry, completion: Entry | undefined): void;
}

/** Clients' entries; throws a `data` error where they do not alternate, or one is no transaction. */
export function pairEntries(entries: EntryList, reader: PairReader, meter: Meter): PairedEntries {
  const count = entries.length;
  meter.take(count * 13);
  const invoke = int32Array(count);
  const complete = int32Array(count);
  const outcome = uint8Array(count);
  const process = int32Array(count);
  const numbers = new Map<ProcessId, number>();
  /** By the number of the process: its transaction that is open, and the invocation. */
  const open: number[] = [];
  const invocations: Entry[] = [];
  let size = 0;
  for (let at = 0; at < count; at++) {
    const entry = entries.at(at);
    if (typeof entry.process !== 'number') continue;
    if (entry.f !== 'txn') throw dataError(`entry ${entry.index}: f is ${entry.f}, not txn`);
    let number = numbers.get(entry.process);
    if (number === undefined) {
      numbers.set(entry.process, (number = numbers.size));
      open.push(none);
    }
    const pending = open[number]!;
    if (entry.type === 'invoke') {
      if (pending !== none) throw isOpen(entry, invocations[number]!);
      invoke[size] = at;
      complete[size] = none;
      outcome[size] = outcomes.info;
      process[size] = number;
      open[number] = size;
      invocations[number] = entry;
      reader.begin(size++, entry);
    } else {
      if (pending === none) throw isNotOpen(entry);
      complete[pending] = at;
      outcome[pending] = outcomes[entry.type];
      open[number] = none;
      reader.end(pending, invocations[number]!, entry);
    }
    meter.step(2);
  }
  for (const [number, pending] of open.entries())
    if (pending !== none) reader.end(pending, invocations[number]!, undefined);
  return {
    invoke: invoke.subarray(0, size),
    complete: complete.subarray(0, size),
    outcome: outcome.subarray(0, size),
    process: process.subarray(0, size),
    processNames: [...numbers.keys()],
  };
}

/** The index of the entry that invokes a transaction. */
export function invocationOf(entries: EntryList, transaction: number): number {
  let left = transaction;
  for (let at = 0; ; at++) {
    const { process, type, index } = entries.at(at);
    if (typeof process === 'number' && type === 'invoke' && left-- === 0) return index;
  }
}

const none = -1;

const isOpen = ({ index, process }: Entry, earlier: Entry) =>
  dataError(
    `entry ${index}: process ${process} invokes while its operation ${earlier.index} is open`,
  );
const isNotOpen = ({ index, process }: Entry) =>
  dataError(`entry ${index}: process ${process} completes an operation that it did not invoke`);

/** What an entry holds as a list; what its parts are is looked at one by one. Throws a `data` error for anything else. */
export function listOf({ value, index }: Entry): readonly unknown[] {
  if (!Array.isArray(value))
    throw dataError(`entry ${index}: its value is no list of micro-operations`);
  return value as readonly unknown[];
}

/**
 * The list of what was done, where the completion has it: one that failed did nothing, and one whose end nobody knows may say
 * nothing. Throws a `data` error if it is of another transaction.
 */
export function answersTo(
  asked: readonly unknown[],
  invocation: Entry,
  completion: Entry | undefined,
): readonly unknown[] | undefined {
  if (completion === undefined || completion.type === 'fail') return undefined;
  if (completion.type === 'info' && !Array.isArray(completion.value)) return undefined;
  const answers = listOf(completion);
  if (answers.length !== asked.length) throw isOfAnother(completion, invocation);
  return answers;
}

const isOfAnother = (completion: Entry, invocation: Entry) =>
  dataError(
    `entry ${completion.index}: completes another transaction than entry ${invocation.index} invokes`,
  );

/** Throws a `data` error for anything that is no micro-operation. */
export function mopOf(said: unknown, { index }: Entry): Mop {
  if (Array.isArray(said) && (said.length === 3 || said.length === 2))
    return said as unknown as Mop;
  throw dataError(
    `entry ${index}: ${JSON.stringify(said)} is no micro-operation; one is [f, key, value]`,
  );
}

/** The micro-operation as it was answered, which must be the one that was asked, so that no answer is taken for that of another question. */
export function answered(asked: Mop, said: unknown, invocation: Entry, completion: Entry): Mop {
  if (said === asked) return asked;
  const mop = mopOf(said, completion);
  if (mop[0] !== asked[0] || !isSame(mop[1], asked[1])) throw isOfAnother(completion, invocation);
  if (mop[0] !== 'r' && !isSame(mop[2], asked[2])) throw isOfAnother(completion, invocation);
  return mop;
}

const isSame = (a: unknown, b: unknown): boolean => a === b || atom(a) === atom(b);
