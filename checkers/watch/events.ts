/** Events that watches saw, and those of writes that say which revision they made. */
import type { Operation } from '../../src/core/history/operation.ts';
import { unreadable } from '../claims/values.ts';

export interface WatchEvent {
  readonly revision: number;
  /** As text. */
  readonly key: string;
  /** As JSON. */
  readonly value: string;
  /** The answer that has it: a watch's, or the write's own. */
  readonly operation: Operation;
}

/** The events of one answer. Throws a `data` error for an answer that is no list of them. */
export function eventsOf(operation: Operation): WatchEvent[] {
  const { output } = operation;
  if (!Array.isArray(output))
    throw unreadable(operation, output, 'a list of [revision, key, value]');
  return output.map((event: unknown) => {
    const [revision, key, value] = Array.isArray(event) ? (event as unknown[]) : [];
    if (!Number.isSafeInteger(revision) || key === undefined)
      throw unreadable(operation, event, '[revision, key, value]');
    return {
      revision: revision as number,
      key: typeof key === 'string' ? key : JSON.stringify(key),
      value: JSON.stringify(value ?? null),
      operation,
    };
  });
}

/** By revision, then by key: what is known to have happened, from whoever said so first. */
export type KnownEvents = ReadonlyMap<number, ReadonlyMap<string, WatchEvent>>;

/** A `write` of a key is answered with its revision. */
export function knownEvents(
  operations: readonly Operation[],
  events: readonly WatchEvent[],
): KnownEvents {
  const known = new Map<number, Map<string, WatchEvent>>();
  for (const event of [...writtenEvents(operations), ...events]) {
    const ofRevision = known.get(event.revision) ?? new Map<string, WatchEvent>();
    known.set(event.revision, ofRevision);
    if (!ofRevision.has(event.key)) ofRevision.set(event.key, event);
  }
  return new Map([...known].toSorted(([a], [b]) => a - b));
}

/** What the acknowledged writes say themselves. */
export const writtenEvents = (operations: readonly Operation[]): WatchEvent[] =>
  operations
    .filter(({ f, outcome }) => f === 'write' && outcome === 'ok')
    .map((operation) => {
      const { key, input, output } = operation;
      if (!Number.isSafeInteger(output))
        throw unreadable(operation, output, 'the revision of the write', operation.completeIndex);
      return {
        revision: output as number,
        key: String(key),
        value: JSON.stringify(input ?? null),
        operation,
      };
    });
