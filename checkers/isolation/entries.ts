/**
 * Transactions of a history's entries: each invocation with its completion, and the micro-operations that count. Anything that
 * is not what it should be is refused, for a verdict on it would be worth nothing.
 */
import { dataError } from '../../src/core/errors.ts';
import type { Entry } from '../../src/core/history/entry.ts';
import { atom } from '../linearizability/models/values.ts';
import type { Meter } from './meter.ts';
import { outcomes } from './transactions.ts';

/** One micro-operation as Jepsen and Elle write it: `["append", 5, 1]`, `["r", 5, [1]]`. */
export type Mop = readonly [f: string, key: unknown, value: unknown];

export interface PairedEntries {
  /** Entries that invoke. */
  readonly invocations: readonly Entry[];
  /** In their places: what completes each, if anything does. */
  readonly completions: readonly (Entry | undefined)[];
}

/** Clients' entries; throws a `data` error where they do not alternate, or one is no transaction. */
export function pairEntries(entries: readonly Entry[], meter: Meter): PairedEntries {
  const invocations: Entry[] = [];
  const completions: (Entry | undefined)[] = [];
  const open = new Map<unknown, number>();
  for (const entry of entries) {
    const { process, type, index } = entry;
    if (typeof process !== 'number') continue;
    meter.step();
    if (entry.f !== 'txn') throw dataError(`entry ${index}: f is ${entry.f}, not txn`);
    const pending = open.get(process);
    if (type === 'invoke') {
      if (pending !== undefined && pending >= 0)
        throw dataError(
          `entry ${index}: process ${process} invokes while its operation ${invocations[pending]!.index} is open`,
        );
      completions.push(undefined);
      open.set(process, invocations.push(entry) - 1);
    } else {
      if (pending === undefined || pending < 0)
        throw dataError(
          `entry ${index}: process ${process} completes an operation that it did not invoke`,
        );
      completions[pending] = entry;
      open.set(process, -1);
    }
  }
  return { invocations, completions };
}

/** `ok` says what happened; of any other only what was asked is known, and what an `info` had read. */
export const outcomeOf = (completion: Entry | undefined): number =>
  completion === undefined || completion.type === 'invoke'
    ? outcomes.info
    : outcomes[completion.type];

/**
 * The micro-operations of a transaction: as completed where that has them, else as invoked. Both must be of the same
 * operations, so that no answer is taken for that of another question.
 */
export function mopsOf(invocation: Entry, completion: Entry | undefined): readonly Mop[] {
  const asked = mopList(invocation);
  const outcome = outcomeOf(completion);
  if (outcome === outcomes.fail || completion === undefined) return asked;
  if (outcome === outcomes.info && !Array.isArray(completion.value)) return asked;
  const answered = mopList(completion);
  let same = asked.length === answered.length;
  for (let i = 0; same && i < asked.length; i++) same = isAnswerTo(asked[i]!, answered[i]!);
  if (!same)
    throw dataError(
      `entry ${completion.index}: completes another transaction than entry ${invocation.index} invokes`,
    );
  return answered;
}

/** Read by places: taking apart by pattern costs more here than all the rest. */
function isAnswerTo(asked: Mop, answered: Mop): boolean {
  if (asked[0] !== answered[0] || !isSame(asked[1], answered[1])) return false;
  return asked[0] === 'r' || isSame(asked[2], answered[2]);
}

const isSame = (a: unknown, b: unknown): boolean => a === b || atom(a) === atom(b);

function mopList({ value, index }: Entry): readonly Mop[] {
  if (!Array.isArray(value))
    throw dataError(`entry ${index}: its value is no list of micro-operations`);
  for (let i = 0; i < value.length; i++) {
    const mop: unknown = value[i];
    if (!Array.isArray(mop) || mop.length < 2 || mop.length > 3)
      throw dataError(
        `entry ${index}: ${JSON.stringify(mop)} is no micro-operation; one is [f, key, value]`,
      );
  }
  return value as readonly Mop[];
}
