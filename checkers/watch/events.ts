/** Events of watches, and of writes that say which revision they made. */
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

/** The answers of one watch from where it was created or resumed to where it was resumed again. */
export interface Stretch {
  readonly watch: string;
  /** The first revision that was asked for; absent where the watch just began. */
  readonly from: number | undefined;
  /** The one key that it watches; absent for all. */
  readonly key: string | undefined;
  readonly events: WatchEvent[];
}

/**
 * A `watch`, of one key or of all, asks `{watch, from}`: which watch, and, where it is created or resumed, from which
 * revision; without a `watch` the process has one. Its `ok` is a list of `[revision, key, value]`. Answers of one watch are in the order of their
 * completions.
 */
export function stretchesOf(operations: readonly Operation[]): Stretch[] {
  const stretches: Stretch[] = [];
  const current = new Map<string, Stretch>();
  const answered = operations
    .filter(({ f, outcome }) => f === 'watch' && outcome === 'ok')
    .toSorted((a, b) => a.completeIndex! - b.completeIndex!);
  for (const operation of answered) {
    const { watch, from } = askedOf(operation);
    const known = current.get(watch);
    const key = operation.key === undefined ? undefined : String(operation.key);
    const isFresh = known === undefined || from !== undefined;
    const stretch = isFresh ? { watch, from, key, events: [] } : known;
    if (stretch !== known) stretches.push(stretch);
    current.set(watch, stretch);
    stretch.events.push(...eventsOf(operation));
  }
  return stretches;
}

function askedOf(operation: Operation): { watch: string; from: number | undefined } {
  const { input, process } = operation;
  const { watch = process, from } = (input ?? {}) as { watch?: unknown; from?: unknown };
  if (typeof watch !== 'string' && typeof watch !== 'number')
    throw unreadable(operation, input, '{watch, from}');
  if (from === undefined || from === null) return { watch: String(watch), from: undefined };
  if (!Number.isSafeInteger(from)) throw unreadable(operation, input, '{watch, from}');
  return { watch: String(watch), from: from as number };
}

function eventsOf(operation: Operation): WatchEvent[] {
  const { output } = operation;
  if (!Array.isArray(output))
    throw unreadable(operation, output, 'a list of [revision, key, value]');
  return output.map((event: unknown) => {
    const [revision, key, value] = Array.isArray(event) ? (event as unknown[]) : [];
    if (!Number.isSafeInteger(revision))
      throw unreadable(operation, event, '[revision, key, value]');
    return {
      revision: revision as number,
      key: String(key),
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
