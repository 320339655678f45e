/**
 * Transactions of a history's entries: each invocation with its completion, and the micro-operations that count. Anything that
 * is not what it should be is refused, for a verdict on it would be worth nothing.
 *
 * A micro-operation is a list, as Jepsen and Elle write it: `["append", 5, 1]`, `["r", 5, [1]]`. Values are numbers here
 * (lists.ts).
 */
import { int32Array, uint8Array } from './arrays.ts';
import { dataError } from '../../src/core/errors.ts';
import type { DspError } from '../../src/core/errors.ts';
import {
  clientsIn,
  entryTypes,
  indexAt,
  typeNumbers,
} from '../../src/core/history/entry-columns.ts';
import type { EntryColumns } from '../../src/core/history/entry-columns.ts';
import type { ProcessId } from '../../src/core/history/entry.ts';
import { isList, itemOfList, noValue, sizeOfList, valueOf } from '../../src/core/history/lists.ts';
import { atom } from '../linearizability/models/values.ts';
import type { Meter } from './meter.ts';
import { outcomes } from './transactions.ts';

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

/** Those of clients; throws a `data` error where entries do not alternate, or one is no transaction. */
export function pairEntries(entries: EntryColumns, meter: Meter): PairedEntries {
  const { type, process: processOf, processes, paired } = entries;
  refuseOthers(entries);
  if (paired === undefined) throw notAlternating(entries);
  const { invoked, completed } = paired;
  const count = invoked.length;
  meter.take(count * 5);
  const outcome = uint8Array(count);
  const process = int32Array(count);
  /** By process: its number among clients and one. */
  const numbers = new Int32Array(processes.length);
  const processNames: ProcessId[] = [];
  for (let t = 0; t < count; t++) {
    const who = processOf[invoked[t]!]!;
    if (numbers[who] === 0) numbers[who] = processNames.push(processes[who]!);
    process[t] = numbers[who]! - 1;
    outcome[t] = completed[t]! < 0 ? outcomes.info : outcomeOf[type[completed[t]!]!]!;
  }
  meter.step(2 * count);
  return { invoke: invoked, complete: completed, outcome, process, processNames };
}

/** By the number of a completion's type. */
const outcomeOf = entryTypes.map((type) => outcomes[type === 'invoke' ? 'info' : type]);

function refuseOthers(entries: EntryColumns): void {
  const { length, process, f, functions } = entries;
  const isOfClient = clientsIn(entries);
  const isTransaction = Uint8Array.from(functions, (each) => (each === 'txn' ? 1 : 0));
  for (let at = 0; at < length; at++)
    if (isTransaction[f[at]!] === 0 && isOfClient[process[at]!] === 1)
      throw wrong(entries, at, `f is ${functions[f[at]!]}, not txn`);
}

/** Names the first entry that cannot be paired. */
function notAlternating(entries: EntryColumns): DspError {
  const { length, type, process: processOf, processes } = entries;
  const isOfClient = clientsIn(entries);
  /** By process: the place of its open invocation and one; 0 for none. */
  const open = new Int32Array(processes.length);
  for (let at = 0; at < length; at++) {
    const who = processOf[at]!;
    if (isOfClient[who] === 0) continue;
    const isInvocation = type[at] === typeNumbers.invoke;
    const earlier = open[who]! - 1;
    if (isInvocation && earlier >= 0) {
      const operation = indexAt(entries, earlier);
      const problem = `process ${processes[who]} invokes while its operation ${operation} is open`;
      return wrong(entries, at, problem);
    }
    if (!isInvocation && earlier < 0) {
      const problem = `process ${processes[who]} completes an operation that it did not invoke`;
      return wrong(entries, at, problem);
    }
    open[who] = isInvocation ? at + 1 : 0;
  }
  throw new Error('entries that alternate were not paired');
}

/** A `data` error that names an entry. */
export const wrong = (entries: EntryColumns, place: number, problem: string): DspError =>
  dataError(`entry ${indexAt(entries, place)}: ${problem}`);

/** What an entry holds, a list; what its items are is looked at one by one. Throws a `data` error for anything else. */
export function listAt(entries: EntryColumns, place: number): number {
  const said = entries.value[place]!;
  if (!isList(said)) throw wrong(entries, place, 'its value is no list of micro-operations');
  return said;
}

/**
 * The list of what was done, where the completion has it: one that failed did nothing, and one whose end nobody knows may say
 * nothing, which is `noValue`. Throws a `data` error if it is of another transaction.
 */
export function answersTo(
  entries: EntryColumns,
  asked: number,
  invoked: number,
  completed: number,
): number {
  const { type, value, lists } = entries;
  if (completed < 0 || type[completed] === typeNumbers.fail) return noValue;
  if (type[completed] === typeNumbers.info && !isList(value[completed]!)) return noValue;
  const answers = listAt(entries, completed);
  if (sizeOfList(lists, answers) !== sizeOfList(lists, asked))
    throw isOfAnother(entries, completed, invoked);
  return answers;
}

const isOfAnother = (entries: EntryColumns, completed: number, invoked: number): DspError =>
  wrong(
    entries,
    completed,
    `completes another transaction than entry ${indexAt(entries, invoked)} invokes`,
  );

/** Throws a `data` error for anything that is no micro-operation. */
export function refuseStrange(entries: EntryColumns, said: number, place: number): void {
  const { lists, values } = entries;
  const size = isList(said) ? sizeOfList(lists, said) : 0;
  if (size === 2 || size === 3) return;
  const shown = JSON.stringify(valueOf(values, lists, said));
  throw wrong(entries, place, `${shown} is no micro-operation; one is [f, key, value]`);
}

/** What a micro-operation has at a place; `noValue` where it ends before that. */
export const partOf = ({ lists }: EntryColumns, mop: number, at: number): number =>
  at < sizeOfList(lists, mop) ? itemOfList(lists, mop, at) : noValue;

/**
 * Throws a `data` error unless a micro-operation is the answer to the one that was asked, of which so many parts are said
 * again: so that no answer is taken for that of another question.
 */
export function refuseOther(
  entries: EntryColumns,
  asked: number,
  repeated: number,
  answer: number,
  invoked: number,
  completed: number,
): void {
  if (answer === asked) return;
  refuseStrange(entries, answer, completed);
  for (let at = 0; at < repeated; at++)
    if (!isSame(entries, partOf(entries, answer, at), partOf(entries, asked, at)))
      throw isOfAnother(entries, completed, invoked);
}

const isSame = ({ values, lists }: EntryColumns, a: number, b: number): boolean =>
  a === b || atom(valueOf(values, lists, a)) === atom(valueOf(values, lists, b));
