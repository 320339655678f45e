/**
 * Numbers things by their first mention; whole numbers, which histories mostly have, without a hash table. Data and
 * functions of it, for they are called several times for each operation of a history.
 */
import { larger } from './larger.ts';

export interface Numbering<T> {
  readonly values: T[];
  readonly others: Map<T, number>;
  /** By whole number: its number and one; 0 for none. */
  small: Int32Array;
}

/** From 0, in the order of first mention. */
export const numbering = <T>(): Numbering<T> => ({
  values: [],
  others: new Map(),
  small: new Int32Array(64),
});

/** The number of what is equal to this (SameValueZero), a new one if there is none. */
export function numberOf<T>(numbering: Numbering<T>, value: T): number {
  const { values, others } = numbering;
  if (typeof value === 'number' && isSmall(value)) return numberOfSmall(numbering, value);
  const known = others.get(value);
  if (known !== undefined) return known;
  others.set(value, values.push(value) - 1);
  return values.length - 1;
}

/** The same for a number that is small. */
export function numberOfSmall<T>(numbering: Numbering<T>, value: T & number): number {
  if (value >= numbering.small.length) numbering.small = larger(numbering.small, value + 1);
  const known = numbering.small[value]!;
  return known > 0
    ? known - 1
    : (numbering.small[value] = numbering.values.push((value + 0) as typeof value)) - 1;
}

/** The number that it has; undefined if it has none. */
export function knownNumberOf<T>({ small, others }: Numbering<T>, value: T): number | undefined {
  if (typeof value !== 'number' || !isSmall(value)) return others.get(value);
  const known = small[value] ?? 0;
  return known > 0 ? known - 1 : undefined;
}

/** Whole, not negative, and less than `smallMax`. */
export const isSmall = (value: number): boolean =>
  value >= 0 && value < smallMax && Number.isInteger(value);

export const smallMax = 2 ** 24;
