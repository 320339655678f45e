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
  /** How many values there are. */
  readonly values: number;
  readonly okCount: number;
}

/** The place of an operation's row among all rows. */
export const rowOf = (operation: number): number => operation >> 3;

/** How long a row is, and what stands where in it. */
export const rowLength = 8;
/** The values that an operation needs, forbids and leaves, by their numbers: -1 for none, 0 is the initial one. */
export const atNeeds = 0;
export const atForbids = 1;
export const atLeaves = 2;
/** One of those below. */
export const atRole = 3;
/** Places in the list of entries; -1 for no completion. */
export const atInvoked = 4;
export const atCompleted = 5;
export const atObject = 6;
/** For whoever works on an object. */
export const atScratch = 7;

/** It says nothing: it did not happen, or only read and nobody knows what. */
export const silent = 0;
/** It may have happened. */
export const optional = 1;
/** It did. */
export const required = 2;

/** How many operations an object has. */
export const sizeOf = ({ begins }: Table, object: number): number =>
  rowOf(begins[object + 1]! - begins[object]!);
