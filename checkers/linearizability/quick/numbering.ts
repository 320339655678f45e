/** Numbers things by their first mention; whole numbers, which histories mostly have, without a hash table. */
export interface Numbering<T> {
  /** The number of what is equal to this (SameValueZero), a new one if there is none. */
  numberOf(value: T): number;
  readonly values: readonly T[];
}

/** From 0, in the order of first mention. */
export function numbering<T>(): Numbering<T> {
  const values: T[] = [];
  const others = new Map<T, number>();
  /** By whole number: its number and one; 0 for none. */
  let small = new Int32Array(64);
  const add = (value: T): number => values.push(value) - 1;
  return {
    values,
    numberOf(value) {
      if (typeof value === 'number' && value >= 0 && value < smallMax && Number.isInteger(value)) {
        if (value >= small.length) small = grown(small, value + 1);
        return (small[value] ||= add(value) + 1) - 1;
      }
      const known = others.get(value);
      if (known !== undefined) return known;
      others.set(value, add(value));
      return values.length - 1;
    },
  };
}

const smallMax = 2 ** 22;

function grown(small: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * small.length, least));
  larger.set(small);
  return larger;
}
