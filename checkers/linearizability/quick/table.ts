/** A history of registers in a table: a row for each operation, of whole numbers, object by object. Data, made by `make-table.ts`. */
import type { Key } from '../../../src/core/history/entry.ts';

/**
 * Objects one after the other. An operation is numbered by where its row begins: those of an object stand together, in the
 * order of their invocations, so that what is known of each is found in one place, next to that of its neighbours.
 */
export interface Table {
  /** How many operations. */
  readonly count: number;
  /** The keys, by the numbers of their objects. */
  readonly keys: readonly (Key | undefined)[];
  /** By object, where its operations begin; and one more, where they all end. */
  readonly begins: Int32Array;
  /** By object, how many of them must take effect. */
  readonly required: Int32Array;
  readonly rows: Int32Array;
  /** By row: the value that the operation forbids and one; 0 for none, as of almost all. */
  readonly forbids: Int32Array;
  /** How many values there are. */
  readonly values: number;
  readonly okCount: number;
}

/** The place of an operation's row among all rows. */
export const rowOf = (operation: number): number => operation >> 2;

/** How long a row is, and what stands where in it. Four rows are what a processor fetches at once. */
export const rowLength = 4;
/** The values that an operation needs and leaves, by their numbers: -1 for none, 0 is the initial one. */
export const atNeeds = 0;
export const atLeaves = 1;
/** The place of its invocation in the list of entries. */
export const atInvoked = 2;
/** The place of its completion if it is required, which is not negative; for others, `optionalEnd` or `silent`. */
export const atEnd = 3;

/** What says nothing: it did not happen, or only read and nobody knows what. */
export const silent = -(2 ** 31);
/** How the row of what may have happened ends, whose completion, -1 for none, says that nobody knows. */
export const optionalEnd = (completed: number): number => (completed < 0 ? -1 : ~completed);

/** Whether an operation must take effect. */
export const isRequired = (rows: Int32Array, operation: number): boolean =>
  rows[operation + atEnd]! >= 0;

/** The place of the completion of what is not silent; -1 for none. */
export function completionOf({ rows }: Table, operation: number): number {
  const end = rows[operation + atEnd]!;
  return end === -1 || end >= 0 ? end : ~end;
}

/** How many operations an object has. */
export const sizeOf = ({ begins }: Table, object: number): number =>
  rowOf(begins[object + 1]! - begins[object]!);
