/**
 * Sends and polls of a partitioned log, from either way to write them: `send` and `poll` with a key, or transactions of
 * `[send, key, …]` and `[poll, {key: …}]` as Jepsen writes them.
 */
import type { ProcessId } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { shown } from '../claims/shown.ts';
import { unreadable } from '../claims/values.ts';

export interface Send {
  readonly operation: Operation;
  readonly key: string;
  readonly value: unknown;
  /** Where it stands, if that was answered. */
  readonly offset: number | undefined;
}

export interface PolledRecord {
  readonly offset: number;
  readonly value: unknown;
}

export interface Poll {
  readonly operation: Operation;
  readonly process: ProcessId;
  readonly key: string;
  /** Whether all polls of its process before it were answered; one that was not may have gone on in the log. */
  readonly goesOn: boolean;
  /** In the order in which they were answered. */
  readonly records: readonly PolledRecord[];
}

/** Of one key; polls that were answered only. */
export interface LogOfKey {
  readonly sends: Send[];
  readonly polls: Poll[];
}

/** Throws a `data` error for what is none of these. */
export function logsIn(operations: readonly Operation[]): ReadonlyMap<string, LogOfKey> {
  const byKey = new Map<string, LogOfKey>();
  const of = (key: string): LogOfKey => {
    const known = byKey.get(key) ?? { sends: [], polls: [] };
    byKey.set(key, known);
    return known;
  };
  const astray = new Set<ProcessId>();
  for (const operation of operations) {
    const { process, outcome } = operation;
    const goesOn = !astray.has(process);
    for (const [kind, key, value] of callsIn(operation)) {
      if (kind === 'send') of(key).sends.push(sendOf(operation, key, value));
      else if (outcome === 'info') astray.add(process);
      else if (outcome === 'ok')
        for (const [polled, records] of pollsIn(operation, key, value))
          of(polled).polls.push({ operation, process, key: polled, goesOn, records });
    }
  }
  return byKey;
}

type Call = readonly [kind: 'send' | 'poll', key: string, value: unknown];

/** Of an `ok` the answer, of others what was asked. */
function callsIn(operation: Operation): Call[] {
  const { f, key, input, output, outcome } = operation;
  const said = outcome === 'ok' ? output : input;
  if (f === 'send')
    return [['send', String(key ?? ''), outcome === 'ok' ? withValue(operation) : input]];
  if (f === 'poll' && !isCalls(said)) return [['poll', String(key ?? ''), said]];
  if (!isCalls(said)) throw unreadable(operation, said, 'a list of [send, …] and [poll, …]');
  return said.map(([kind, first, second]) =>
    kind === 'send' ? ['send', String(first), second] : ['poll', '', first ?? {}],
  );
}

const isCalls = (value: unknown): value is [string, unknown, unknown][] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) => Array.isArray(each) && (each[0] === 'send' || each[0] === 'poll'));

/** An acknowledged send was answered with `[offset, record]`, with its offset alone, or with none. */
function withValue(operation: Operation): unknown {
  const { input, output, completeIndex } = operation;
  if (output === null || output === undefined || Number.isSafeInteger(output))
    return [output ?? null, input];
  if (Array.isArray(output) && JSON.stringify(output[1]) !== JSON.stringify(input))
    throw unreadable(operation, output, `[offset, ${shown(input)}]`, completeIndex);
  return output;
}

function sendOf(operation: Operation, key: string, said: unknown): Send {
  if (operation.outcome !== 'ok' || !Array.isArray(said))
    return { operation, key, value: said, offset: undefined };
  const [offset, value] = said as [unknown, unknown];
  if (offset === null) return { operation, key, value, offset: undefined };
  if (!Number.isSafeInteger(offset)) throw unreadable(operation, said, '[offset, value]');
  return { operation, key, value, offset: offset as number };
}

/** A list of records of the operation's key, or a map of such lists by key. */
function pollsIn(operation: Operation, key: string, said: unknown): [string, PolledRecord[]][] {
  const isMap = typeof said === 'object' && said !== null && !Array.isArray(said);
  const lists: [string, unknown][] = isMap ? Object.entries(said) : [[key, said]];
  return lists.map(([polled, records]) => {
    if (!Array.isArray(records)) throw unreadable(operation, said, 'a list of [offset, value]');
    return [polled, records.map((record: unknown) => recordOf(operation, record))];
  });
}

function recordOf(operation: Operation, record: unknown): PolledRecord {
  const [offset, value] = Array.isArray(record) ? (record as unknown[]) : [];
  if (!Number.isSafeInteger(offset)) throw unreadable(operation, record, '[offset, value]');
  return { offset: offset as number, value };
}
