/**
 * Transactions in a serial order that is being made, one after the other.
 *
 * Places where the first reader or writer is that is not placed yet only move forward, until some are taken back.
 */
import { copyOf, int32Array } from '../../arrays.ts';
import type { Meter } from '../../meter.ts';
import { lastItem, mopKinds } from '../../transactions.ts';
import type { Transactions } from '../../transactions.ts';
import type { Demands, Lists, SerialQuestion } from './demands.ts';

export interface Placement {
  readonly order: Int32Array;
  readonly size: number;
  isPlaced(t: number): boolean;
  /** Where in the order one is that is placed. */
  placeOf(t: number): number;
  /** Whose turn it is of those that are not placed. */
  front(): number;
  /** The version that a key has. */
  current(key: number): number;
  /** A reader of a version, or a writer of a key whose turn is before an entry, that is not placed and is not `t`; `none` if there is none. */
  readerLeft(version: number, t: number): number;
  writerLeft(key: number, before: number, t: number): number;
  place(t: number): void;
  /** Takes back all that came after the first so many. */
  takeBack(size: number): void;
}

export const none = -1;

/** With none placed yet. */
export function placement(
  { txns, isVersion }: SerialQuestion,
  demands: Demands,
  meter: Meter,
): Placement {
  const { first, mopKind, mopKey, mopAt, itemCount, keyNames } = txns;
  const { line, rank, turn, readers, placeOfRead, writers, placeOf } = demands;
  const keys = keyNames.length;
  meter.room((line.length + txns.count + 2 * (itemCount + keys)) * 4);
  const order = int32Array(line.length);
  const placeIn = int32Array(txns.count).fill(none);
  const current = int32Array(keys);
  for (let key = 0; key < keys; key++) current[key] = itemCount + key;
  // By version, the one that it replaced.
  const replaced = int32Array(itemCount);
  const nextReader = copyOf(readers.offsets, itemCount + keys);
  const nextWriter = copyOf(writers.offsets, keys);
  let atFront = 0;
  let size = 0;

  const isPlaced = (t: number) => placeIn[t]! >= 0;
  const passPlaced = ({ offsets, members }: Lists, next: Int32Array, list: number): void => {
    const end = offsets[list + 1]!;
    while (next[list]! < end && isPlaced(members[next[list]!]!)) next[list]!++;
  };
  const remove = (t: number): void => {
    placeIn[t] = none;
    atFront = Math.min(atFront, rank[t]!);
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const key = mopKey[mop]!;
      if (mopKind[mop] === mopKinds.read) {
        const version = versionRead(txns, mop);
        nextReader[version] = Math.min(nextReader[version]!, placeOfRead[mop]!);
      } else if (mopKind[mop] === mopKinds.write && isVersion[mopAt[mop]!] === 1) {
        current[key] = replaced[mopAt[mop]!]!;
        nextWriter[key] = Math.min(nextWriter[key]!, placeOf[mopAt[mop]!]!);
      }
    }
  };

  return {
    order,
    get size() {
      return size;
    },
    isPlaced,
    placeOf: (t) => placeIn[t]!,
    front() {
      while (isPlaced(line[atFront]!)) atFront++;
      return line[atFront]!;
    },
    current: (key) => current[key]!,
    readerLeft(version, t) {
      passPlaced(readers, nextReader, version);
      for (let at = nextReader[version]!; at < readers.offsets[version + 1]!; at++) {
        meter.step();
        const reader = readers.members[at]!;
        if (reader !== t && !isPlaced(reader)) return reader;
      }
      return none;
    },
    writerLeft(key, before, t) {
      passPlaced(writers, nextWriter, key);
      for (let at = nextWriter[key]!; at < writers.offsets[key + 1]!; at++) {
        meter.step();
        const writer = writers.members[at]!;
        if (turn[writer]! >= before) return none;
        if (writer !== t && !isPlaced(writer)) return writer;
      }
      return none;
    },
    place(t) {
      placeIn[t] = size;
      order[size++] = t;
      for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
        const item = mopAt[mop]!;
        if (mopKind[mop] !== mopKinds.write || isVersion[item] === 0) continue;
        replaced[item] = current[mopKey[mop]!]!;
        current[mopKey[mop]!] = item;
      }
    },
    takeBack(from) {
      while (size > from) remove(order[--size]!);
    },
  };
}

const versionRead = (txns: Transactions, mop: number): number => {
  const item = lastItem(txns, mop);
  return item < 0 ? txns.itemCount + txns.mopKey[mop]! : item;
};
