/**
 * The clients' operations that a report shows: all of them up to a limit, and beyond it a sample.
 *
 * What is rare is kept: whatever a finding names, every `fail` and `info`, then every n-th `ok`. Figures and charts are
 * always computed from all operations; only the timeline and the table show the sample, and a notice says so.
 */
import type { Entry, History } from '../core/history/entry.ts';
import { pair } from '../core/history/operation.ts';
import type { Operation } from '../core/history/operation.ts';

export const operationsShownMax = 150_000;

/** An operation with the moment when the client had its answer or gave up, which `returnNs` does not say of an `info`. */
export interface ShownOperation extends Operation {
  /** Absent where the history ends before. */
  readonly endNs: number | undefined;
  readonly node: string | undefined;
}

export interface ShownOperations {
  readonly all: readonly ShownOperation[];
  readonly shown: readonly ShownOperation[];
  /** The place among those shown of the operation that a history entry belongs to. */
  readonly placeOf: (entry: number) => number | undefined;
}

/** `named`: entries that findings name. */
export function shownOperations(
  history: History | undefined,
  named: ReadonlySet<number>,
  max = operationsShownMax,
): ShownOperations {
  const entries = history?.entries ?? [];
  const all = pair(entries).operations.map((operation) => withEnd(operation, entries));
  const shown = all.length <= max ? all : sample(all, named, max);
  const places = new Map<number, number>();
  for (const [place, operation] of shown.entries()) {
    places.set(operation.invokeIndex, place);
    if (operation.completeIndex !== undefined) places.set(operation.completeIndex, place);
  }
  return { all, shown, placeOf: (entry) => places.get(entry) };
}

function withEnd(operation: Operation, entries: readonly Entry[]): ShownOperation {
  const completion =
    operation.completeIndex === undefined ? undefined : entries[operation.completeIndex];
  return {
    ...operation,
    endNs: completion?.timeNs,
    // The codec does not look at it, so it may be anything that JSON holds.
    node: nodeOf(completion) ?? nodeOf(entries[operation.invokeIndex]),
  };
}

const nodeOf = (entry: Entry | undefined): string | undefined =>
  typeof entry?.node === 'string' ? entry.node : undefined;

/** Keeps the order. More rare ones than `max` are thinned like the others. */
function sample(
  all: readonly ShownOperation[],
  named: ReadonlySet<number>,
  max: number,
): ShownOperation[] {
  const isNamed = ({ invokeIndex, completeIndex }: ShownOperation) =>
    named.has(invokeIndex) || (completeIndex !== undefined && named.has(completeIndex));
  const kept = new Set(all.filter(isNamed));
  thin(
    all.filter((each) => each.outcome !== 'ok' && !kept.has(each)),
    max - kept.size,
  ).forEach((each) => kept.add(each));
  thin(
    all.filter((each) => each.outcome === 'ok' && !kept.has(each)),
    max - kept.size,
  ).forEach((each) => kept.add(each));
  return all.filter((each) => kept.has(each));
}

/** At most `max` of the items, evenly spaced. */
function thin<T>(items: readonly T[], max: number): readonly T[] {
  if (items.length <= max) return items;
  return Array.from(
    { length: Math.max(0, max) },
    (_, i) => items[Math.floor((i * items.length) / max)]!,
  );
}
