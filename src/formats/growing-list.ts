/**
 * A list that grows to millions and is never copied on the way: an array that grows leaves smaller ones behind, which
 * together are as large as itself, and stay until they are collected.
 */
export interface GrowingList<T> {
  readonly length: number;
  push(item: T): void;
  /** The one that was pushed last; throws where there is none. */
  last(): T;
  /** Puts what is made of each item in its place. */
  change(make: (item: T) => T): void;
  /** All of them in one array; the list is empty then. */
  take(): T[];
}

/** Empty at first. */
export function growingList<T>(): GrowingList<T> {
  let blocks: T[][] = [];
  let block: T[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(item) {
      if (length++ % itemsPerBlock === 0) blocks.push((block = []));
      block.push(item);
    },
    last() {
      if (length === 0) throw new RangeError('the list is empty');
      return block.at(-1)!;
    },
    change(make) {
      for (const each of blocks) for (const [i, item] of each.entries()) each[i] = make(item);
    },
    take() {
      const all = ([] as T[]).concat(...blocks);
      blocks = [];
      block = [];
      length = 0;
      return all;
    },
  };
}

const itemsPerBlock = 2 ** 12;
