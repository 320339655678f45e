/**
 * A history of registers in columns: one pass over the entries pairs them, reads each operation by the model, and keeps
 * whole numbers only, so that a million operations take tens of megabytes and no time to speak of.
 *
 * Only what says its whole meaning by its effect fits in here. For anything else there are no columns, nor for what is
 * wrong with a history: the slower way (problem.ts) finds it again, and says what and where.
 */
import { DspError } from '../../../src/core/errors.ts';
import type { Entry, Key } from '../../../src/core/history/entry.ts';
import { isClient } from '../../../src/core/history/entry.ts';
import { toOperation } from '../../../src/core/history/operation.ts';
import type { Model } from '../model.ts';
import { meaningOf } from '../problem.ts';
import { numbering } from './numbering.ts';
import type { Numbering } from './numbering.ts';

/** Operations are numbered by their invocations. */
export interface Columns {
  readonly count: number;
  /** The keys, by the numbers of their objects. */
  readonly keys: readonly (Key | undefined)[];
  readonly objectOf: Int32Array;
  /** Places in the list of entries; -1 for no completion. */
  readonly invokedAt: Int32Array;
  readonly completedAt: Int32Array;
  readonly role: Uint8Array;
  /** The values that an operation needs, forbids and leaves, by their numbers: -1 for none, 0 is the initial one. */
  readonly needs: Int32Array;
  readonly forbids: Int32Array;
  readonly leaves: Int32Array;
  readonly values: number;
  /** By place: the operation that is invoked there, the complement (`~`) of the one that completes, or `noEvent`. */
  readonly events: Int32Array;
  readonly okCount: number;
}

/** It says nothing: it did not happen, or only read and nobody knows what. */
export const silent = 0;
/** It may have happened. */
export const optional = 1;
/** It did. */
export const required = 2;

export const noEvent = -(2 ** 31);

/** Undefined for what does not fit into columns. */
export function columnsOf(
  entries: readonly Entry[],
  model: Model,
  failedIsEvidence: boolean,
): Columns | undefined {
  if (!model.effect || model.equal || model.partition) return undefined;
  const columns = emptyColumns(entries);
  if (columns === undefined) return undefined;
  const values = numbering<unknown>();
  values.numberOf(model.initial);
  const read = effectReader(model, values, failedIsEvidence);
  try {
    for (let number = 0; number < columns.count; number++)
      if (!read(entries, columns, number)) return undefined;
  } catch (thrown) {
    if (thrown instanceof DspError) return undefined;
    throw thrown;
  }
  return { ...columns, values: values.values.length };
}

type Paired = Omit<Columns, 'values'>;

/** Pairs the entries; undefined when they are out of order. */
function emptyColumns(entries: readonly Entry[]): Paired | undefined {
  const events = new Int32Array(entries.length).fill(noEvent);
  const invokedAt: number[] = [];
  const objectOf: number[] = [];
  const completedAt: number[] = [];
  const keys = numbering<Key | undefined>();
  const processes = numbering<number>();
  /** By process: its open operation and one; 0 for none. */
  const open: number[] = [];
  let okCount = 0;
  let index = -1;
  for (let place = 0; place < entries.length; place++) {
    const entry = entries[place]!;
    if (entry.index <= index) return undefined;
    index = entry.index;
    if (!isClient(entry.process)) continue;
    const process = processes.numberOf(entry.process);
    const pending = open[process] ?? 0;
    if ((entry.type === 'invoke') !== (pending === 0)) return undefined;
    if (entry.type === 'invoke') {
      events[place] = invokedAt.length;
      objectOf.push(keys.numberOf(entry.key));
      completedAt.push(-1);
      open[process] = invokedAt.push(place);
    } else {
      events[place] = -pending;
      completedAt[pending - 1] = place;
      open[process] = 0;
      if (entry.type === 'ok') okCount++;
    }
  }
  const count = invokedAt.length;
  return {
    count,
    keys: keys.values,
    objectOf: Int32Array.from(objectOf),
    invokedAt: Int32Array.from(invokedAt),
    completedAt: Int32Array.from(completedAt),
    role: new Uint8Array(count),
    needs: new Int32Array(count).fill(-1),
    forbids: new Int32Array(count).fill(-1),
    leaves: new Int32Array(count).fill(-1),
    events,
    okCount,
  };
}

/** Reads one operation into the columns; false when it has no effect that can be written down. */
function effectReader(model: Model, values: Numbering<unknown>, failedIsEvidence: boolean) {
  return (entries: readonly Entry[], columns: Paired, number: number): boolean => {
    const completion = entries[columns.completedAt[number]!];
    const operation = toOperation(entries[columns.invokedAt[number]!]!, completion);
    const call = meaningOf(model, operation, failedIsEvidence);
    if (call === undefined) return true;
    const effect = model.effect!(call);
    if (effect === undefined) return false;
    const isReadOnly = model.readOnly?.(call) ?? false;
    if (operation.outcome === 'info' && isReadOnly) return true;
    columns.role[number] = operation.outcome === 'info' ? optional : required;
    if ('needs' in effect) columns.needs[number] = values.numberOf(effect.needs);
    if ('forbids' in effect) columns.forbids[number] = values.numberOf(effect.forbids);
    if ('leaves' in effect && !isReadOnly) columns.leaves[number] = values.numberOf(effect.leaves);
    return true;
  };
}
