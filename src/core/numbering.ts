/**
 * Numbers things by their first mention; whole numbers, which histories mostly have, without a hash table. Data and a
 * function of it, for it is called several times for each operation of a history.
 */
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
  if (typeof value === 'number' && value >= 0 && value < smallMax && Number.isInteger(value)) {
    if (value >= numbering.small.length) grow(numbering, value + 1);
    const known = numbering.small[value]!;
    return known > 0
      ? known - 1
      : (numbering.small[value] = values.push((value + 0) as typeof value)) - 1;
  }
  const known = others.get(value);
  if (known !== undefined) return known;
  others.set(value, values.push(value) - 1);
  return values.length - 1;
}

const smallMax = 2 ** 22;

function grow(numbering: Numbering<unknown>, least: number): void {
  const larger = new Int32Array(Math.max(2 * numbering.small.length, least));
  larger.set(numbering.small);
  numbering.small = larger;
}
